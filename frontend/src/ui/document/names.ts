import {
  listServiceObjectsOptions,
  listUsersOptions,
  viewDocumentOptions,
  viewUserOptions,
} from "@/api/generated/@tanstack/react-query.gen";
import { useQuery } from "@tanstack/react-query";
import { useContext } from "react";
import { choicesOf, DocumentContentContext, useSurroundings, type Choice } from "./document-context";
import { isContent, type Content, type Target } from "./fields";

const staleTime = 60_000;

/** The name of a person; an ellipsis while it is being asked. */
export function usePersonName(id: string): string {
  const all = useQuery({ ...listUsersOptions({ query: { limit: 100 } }), staleTime });
  const listed = all.data?.items.find((user) => user.id === id)?.name;
  const one = useQuery({
    ...viewUserOptions({ path: { id } }),
    staleTime,
    enabled: !all.isPending && listed === undefined,
  });
  return listed ?? one.data?.name ?? "…";
}

/** The objects under service, as choices. */
export function useServiceObjects(): Choice[] {
  const all = useQuery({ ...listServiceObjectsOptions({ query: { limit: 100 } }), staleTime });
  return all.data?.items.map(({ id, name, code }) => ({ value: id, label: `${name} ${code}` })) ?? [];
}

/** What a reference can lead to. */
export function useTargets(target: Target): Choice[] {
  const content = useContext(DocumentContentContext);
  const { release } = useSurroundings();
  const plan = useQuery({
    ...viewDocumentOptions({ path: { number: release?.number ?? "", kind: "release_plan" } }),
    enabled: target === "planItems" && release !== undefined,
    staleTime,
  });
  if (target !== "planItems") return choicesOf(content[target], target);
  // The content of a release plan is one of the four that the type allows.
  const items = (plan.data?.content as Content | undefined)?.["configuration_items"];
  return isContent(items) ? [] : choicesOf(items, target);
}
