import { viewDocumentOptions } from "@/api/generated/@tanstack/react-query.gen";
import { useServiceObjects } from "@/api/registers";
import type { Choice } from "@/ui/form/chooser";
import { useQuery } from "@tanstack/react-query";
import { useContext } from "react";
import { choicesOf, DocumentContentContext, useSurroundings } from "./document-context";
import { isContent, type Content, type Target } from "./fields";

const staleTime = 60_000;

/** The objects under service, as choices. */
export function useServiceObjectChoices(): Choice[] {
  return useServiceObjects().data?.map(({ id, name, code }) => ({ value: id, label: `${name} ${code}` })) ?? [];
}

/** What a reference can lead to. */
export function useTargets(target: Target): Choice[] {
  const content = useContext(DocumentContentContext);
  const { release } = useSurroundings();
  const plan = useQuery({
    ...viewDocumentOptions({ path: { number: release?.number ?? "", kind: "release_plan" } }),
    enabled: target === "plan_items" && release !== undefined,
    staleTime,
  });
  if (target !== "plan_items") return choicesOf(content[target], target);
  // The content of a release plan is one of the four that the type allows.
  const items = (plan.data?.content as Content | undefined)?.["configuration_items"];
  return isContent(items) ? [] : choicesOf(items, target);
}
