import { paths } from "@/lib/paths";
import type { PageRoute, ReleaseTabRoute } from "@/lib/route";

export const routes: PageRoute[] = [
  {
    path: paths.runSheet(":number"),
    handle: { title: "run:title" },
    lazy: () => import("./run/run-page"),
  },
];

/** The tabs on which a release is decided, prepared and carried out, and what happened to it. */
export const releaseTabs: ReleaseTabRoute[] = [
  { tab: "approvals", lazy: () => import("./approvals-tab") },
  { tab: "communication", lazy: () => import("./communication-tab") },
  { tab: "deployment", lazy: () => import("./deployment-tab") },
  { tab: "configuration", lazy: () => import("./configuration-tab") },
  { tab: "timeline", lazy: () => import("./timeline-tab") },
];
