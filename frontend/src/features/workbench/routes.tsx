import { paths } from "@/lib/paths";
import type { PageRoute } from "@/lib/route";

export const routes: PageRoute[] = [
  { path: paths.workbench, handle: { title: "workbench:title" }, lazy: () => import("./workbench-page") },
];
