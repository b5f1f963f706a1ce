import { paths } from "@/lib/paths";
import type { PageRoute } from "@/lib/route";

export const routes: PageRoute[] = [
  { path: paths.log, handle: { title: "log:title" }, lazy: () => import("./log-page") },
];
