import { paths } from "@/lib/paths";
import type { PageRoute } from "@/lib/route";

export const routes: PageRoute[] = [
  { path: paths.newRelease, handle: { title: "newrelease:title" }, lazy: () => import("./new-release-page") },
];
