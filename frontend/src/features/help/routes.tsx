import { paths } from "@/lib/paths";
import type { PageRoute } from "@/lib/route";

export const routes: PageRoute[] = [
  { path: paths.help, handle: { title: "help:title" }, lazy: () => import("./help-page") },
  { path: paths.procedureVersions, handle: { title: "versions:title" }, lazy: () => import("./versions-page") },
  { path: paths.procedureVersion(":label"), handle: { title: "versions:one" }, lazy: () => import("./version-page") },
];
