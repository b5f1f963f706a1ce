import { listUsersOptions, viewUserOptions } from "@/api/generated/@tanstack/react-query.gen";
import { useQueries, useQuery } from "@tanstack/react-query";

/** Names of people by their ids; an id that is not known yet stands for itself. */
export type Names = (id: string) => string;

/** The names of these people; of a company's first hundred, whoever they are. */
export function useNames(ids: readonly (string | null | undefined)[]): Names {
  const people = useQuery({ ...listUsersOptions({ query: { limit: 100 } }), staleTime: 60_000 });
  const known = new Map(people.data?.items.map(({ id, name }) => [id, name]));
  const wanted = people.data === undefined ? [] : [...new Set(ids)];
  const others = useQueries({
    queries: wanted
      .filter((id) => typeof id === "string" && id !== "" && !known.has(id))
      .map((id) => ({ ...viewUserOptions({ path: { id: id ?? "" } }), staleTime: 60_000 })),
    combine: (answers) => answers.flatMap(({ data }) => (data ? [data] : [])),
  });
  for (const { id, name } of others) known.set(id, name);
  return (id) => known.get(id) ?? id;
}
