import { paths } from "@/lib/paths";
import type { PageRoute } from "@/lib/route";

export const routes: PageRoute[] = [
  { path: paths.calendar, handle: { title: "calendar:title" }, lazy: () => import("./calendar-page") },
];
