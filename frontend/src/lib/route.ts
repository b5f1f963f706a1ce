import type { ComponentType } from "react";

/** What the shell knows of a page. */
export interface PageHandle {
  /** The key of the page's title in the texts. */
  title: string;
  /** `none` for pages outside the shell: signing in, setting up. */
  frame?: "shell" | "none";
}

/** A page: its address, what the shell knows of it, and how its code is loaded when it is first visited. */
export interface PageRoute {
  path: string;
  handle: PageHandle;
  lazy: () => Promise<{ Component: ComponentType }>;
  children?: PageRoute[];
}

/** The tabs of a release in their order, as its address names them; the first one stands at the release's own address. */
export const releaseTabs = [
  "overview",
  "plan",
  "testing",
  "go-live",
  "approvals",
  "communication",
  "deployment",
  "configuration",
  "closure",
  "documents",
  "timeline",
  "related",
] as const;

export type ReleaseTab = (typeof releaseTabs)[number];

/** A tab of a release: the feature that has its page says so in its `routes.tsx`. */
export interface ReleaseTabRoute {
  tab: ReleaseTab;
  lazy: () => Promise<{ Component: ComponentType }>;
}

/** What `routes.tsx` of a feature exports. */
export interface RouteModule {
  routes: PageRoute[];
  releaseTabs?: ReleaseTabRoute[];
}

export function isRouteModule(module: unknown): module is RouteModule {
  return typeof module === "object" && module !== null && "routes" in module && Array.isArray(module.routes);
}

export function isPageHandle(handle: unknown): handle is PageHandle {
  return typeof handle === "object" && handle !== null && "title" in handle;
}
