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

/** What `routes.tsx` of a feature exports. */
export interface RouteModule {
  routes: PageRoute[];
}

export function isRouteModule(module: unknown): module is RouteModule {
  return typeof module === "object" && module !== null && "routes" in module && Array.isArray(module.routes);
}

export function isPageHandle(handle: unknown): handle is PageHandle {
  return typeof handle === "object" && handle !== null && "title" in handle;
}
