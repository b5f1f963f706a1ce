import { paths } from "@/lib/paths";
import type { PageRoute } from "@/lib/route";

export const routes: PageRoute[] = [
  { path: paths.tasks, handle: { title: "tasks:title" }, lazy: () => import("./tasks-page") },
  { path: paths.task(":id"), handle: { title: "tasks:page" }, lazy: () => import("./task-page") },
];
