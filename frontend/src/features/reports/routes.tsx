import { paths } from "@/lib/paths";
import type { PageRoute } from "@/lib/route";

export const routes: PageRoute[] = [
  { path: paths.reports, handle: { title: "reports:title" }, lazy: () => import("./reports-page") },
  { path: paths.quarterlyReports, handle: { title: "quarterly:title" }, lazy: () => import("./quarterly/list-page") },
  {
    path: paths.quarterlyReport(":quarter"),
    handle: { title: "quarterly:one" },
    lazy: () => import("./quarterly/report-page"),
  },
  {
    path: paths.reportedReleases(":quarter"),
    handle: { title: "quarterly:releases.page" },
    lazy: () => import("./quarterly/releases-page"),
  },
];
