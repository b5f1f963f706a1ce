import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { viewMeOptions } from "./generated/@tanstack/react-query.gen";
import type { MeView } from "./generated/types.gen";

/** The question who has signed in; the shell asks it on every page, so that its answer is nearly always there. */
export function useMeQuery(): UseQueryResult<MeView, unknown> {
  return useQuery({ ...viewMeOptions(), staleTime: 60_000 });
}

/** The person who has signed in; nothing while that is being asked. */
export function useMe(): MeView | undefined {
  return useMeQuery().data;
}
