import { useQuery } from "@tanstack/react-query";
import { viewMeOptions } from "./generated/@tanstack/react-query.gen";
import type { UserView } from "./generated/types.gen";

/** The person who has signed in; nothing while that is being asked. */
export function useMe(): UserView | undefined {
  return useQuery({ ...viewMeOptions(), staleTime: 60_000 }).data;
}
