import type { DocumentKind } from "@/api/generated/types.gen";
import { paths } from "./paths";
import type { ReleaseTab } from "./route";

/** The tab on which a document is written and read. */
export const documentTabs: Record<DocumentKind, ReleaseTab> = {
  release_plan: "plan",
  test_report: "testing",
  go_live_plan: "go-live",
  release_report: "closure",
  failure_review: "closure",
  // Of no release.
  quarterly_report: "documents",
  procedure_version: "documents",
};

const partTabs: Record<string, ReleaseTab> = {
  approvals: "approvals",
  units: "testing",
  "test-runs": "testing",
  "test-cases": "testing",
  "run-sheet": "deployment",
  "configuration-changes": "configuration",
  attachments: "documents",
  comments: "timeline",
  events: "timeline",
};

/** The page on which a thing of the API is seen, for links in reasons: `/api/v1/tasks/X` leads to the task's page. */
export function apiPage(href: string | null | undefined): string | undefined {
  const report = /^\/api\/v1\/reports\/(quarterly|schedules)\/([\w-]+)/.exec(href ?? "");
  if (report !== null) {
    const [, part, of = ""] = report;
    return part === "quarterly" ? paths.quarterlyReport(of) : paths.schedule(of);
  }
  const match = /^\/api\/v1\/([a-z-]+)\/([^/?#]+)#?(?:\/([a-z-]+))?(?:\/([^/?]+))?/.exec(href ?? "");
  if (match === null) return undefined;
  const [, family, segment = "", part, kind = ""] = match;
  const id = decodeURIComponent(segment);
  switch (family) {
    case "approvals":
      return paths.approval(id);
    case "tasks":
      return paths.task(id);
    case "changes":
      return paths.change(id);
    case "users":
      return paths.user(id);
    case "procedure-versions":
      return paths.procedureVersion(id);
    case "deliveries":
      return paths.delivery(id);
    case "releases": {
      const tab =
        part === "documents" ? (documentTabs as Partial<Record<string, ReleaseTab>>)[kind] : partTabs[part ?? ""];
      return tab === undefined ? paths.release(id) : paths.releaseTab(id, tab);
    }
    default:
      return undefined;
  }
}

/** The list page that shows what a list of the API holds: `/api/v1/releases?quarter=2026Q4` is `/releases?quarter=2026Q4`. */
export function apiListPage(href: string): string {
  return href.replace(/^\/api\/v1/, "");
}
