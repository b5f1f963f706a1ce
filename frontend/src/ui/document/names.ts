import {
  listServiceObjectsOptions,
  listUsersOptions,
  viewUserOptions,
} from "@/api/generated/@tanstack/react-query.gen";
import { useQueries, useQuery } from "@tanstack/react-query";
import { objectFields, personFields } from "./sections";

/** Names of the people and objects whose ids a document holds; an id that is not known yet stands for itself. */
export type Names = (id: string) => string;

/** The names for every id in `content`. */
export function useNames(content: unknown): Names {
  const people = useQuery({ ...listUsersOptions({ query: { limit: 100 } }), staleTime: 60_000 });
  const objects = useQuery({ ...listServiceObjectsOptions({ query: { limit: 100 } }), staleTime: 60_000 });
  const known = new Map<string, string>([
    ...(people.data?.items.map(({ id, name }) => [id, name] as const) ?? []),
    ...(objects.data?.items.map(({ id, name }) => [id, name] as const) ?? []),
  ]);
  const missing = people.data === undefined ? [] : idsIn(content, personFields).filter((id) => !known.has(id));
  const others = useQueries({
    queries: missing.map((id) => ({ ...viewUserOptions({ path: { id } }), staleTime: 60_000 })),
    combine: (answers) => answers.flatMap(({ data }) => (data ? [data] : [])),
  });
  for (const { id, name } of others) known.set(id, name);
  return (id) => known.get(id) ?? id;
}

/** The ids in fields of these names, each once, at any depth. */
export function idsIn(value: unknown, fields: ReadonlySet<string>): string[] {
  const found = new Set<string>();
  const walk = (at: unknown): void => {
    if (Array.isArray(at)) at.forEach(walk);
    else if (typeof at === "object" && at !== null)
      for (const [name, inside] of Object.entries(at)) {
        if (fields.has(name))
          for (const id of Array.isArray(inside) ? inside : [inside]) if (typeof id === "string") found.add(id);
        walk(inside);
      }
  };
  walk(value);
  return [...found];
}

/** True where a field holds an id that people want to see as a name. */
export function holdsName(field: string): boolean {
  return personFields.has(field) || objectFields.has(field);
}
