import { paths } from "@/lib/paths";
import type { PageRoute, ReleaseTabRoute } from "@/lib/route";

export const routes: PageRoute[] = [
  {
    path: paths.release(":number"),
    handle: { title: "release:title" },
    lazy: () => import("./release-page"),
  },
];

/** The tabs of this feature; the router hangs those of all features below the page of the release. */
export const releaseTabs: ReleaseTabRoute[] = [
  { tab: "overview", lazy: () => import("./overview/overview-tab") },
  { tab: "plan", lazy: () => import("./documents/plan-tab") },
  { tab: "testing", lazy: () => import("./testing/testing-tab") },
  { tab: "go-live", lazy: () => import("./documents/go-live-tab") },
  { tab: "closure", lazy: () => import("./closure/closure-tab") },
  { tab: "documents", lazy: () => import("./files/documents-tab") },
  { tab: "related", lazy: () => import("./related-tab") },
];
