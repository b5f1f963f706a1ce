import { viewRevisionOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { DocumentContent, GoLivePlan, ReleasePlan, ReleaseView } from "@/api/generated/types.gen";
import { useQuery } from "@tanstack/react-query";

function useContent(release: ReleaseView, kind: "go_live_plan" | "release_plan"): DocumentContent | undefined {
  const revision = release.documents.find((document) => document.kind === kind)?.revision ?? 0;
  const query = useQuery({
    ...viewRevisionOptions({ path: { number: release.number, kind, revision } }),
    enabled: revision > 0,
    staleTime: 60_000,
  });
  return query.data?.content;
}

/** The newest submitted go-live plan; nothing before the first. */
export function useGoLivePlan(release: ReleaseView): GoLivePlan | undefined {
  return useContent(release, "go_live_plan") as GoLivePlan | undefined;
}

/** The newest submitted release plan; nothing before the first. */
export function useReleasePlan(release: ReleaseView): ReleasePlan | undefined {
  return useContent(release, "release_plan") as ReleasePlan | undefined;
}

/** What a plan says about a step of the deployment. */
export interface PlannedStep {
  person: string | undefined;
  start: string | undefined;
  minutes: number;
  check: string;
  units: readonly string[];
}

/** The planned steps by key: of the go-live plan, or of the release plan where there is none (an emergency, D11). */
export function plannedSteps(goLive: GoLivePlan | undefined, plan: ReleasePlan | undefined): Map<string, PlannedStep> {
  const steps = goLive?.run_steps?.map((step) => ({ ...step, start: step.planned_start })) ?? plan?.steps ?? [];
  return new Map(
    steps.map(({ key = "", person, start, duration_minutes = 0, check = "", units = [] }) => [
      key,
      { person: person ?? undefined, start: start ?? undefined, minutes: duration_minutes, check, units },
    ]),
  );
}
