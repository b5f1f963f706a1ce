import { paths } from "@/lib/paths";
import type { PageRoute } from "@/lib/route";

export const routes: PageRoute[] = [
  { path: paths.schedules, handle: { title: "schedules:title" }, lazy: () => import("./schedules-page") },
  { path: paths.schedule(":id"), handle: { title: "schedules:one" }, lazy: () => import("./schedule-page") },
];
