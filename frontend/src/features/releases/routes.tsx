import { paths } from "@/lib/paths";
import type { PageRoute } from "@/lib/route";

export const routes: PageRoute[] = [
  { path: paths.releases, handle: { title: "releases:title" }, lazy: () => import("./releases-page") },
];
