import { paths } from "@/lib/paths";
import type { PageRoute } from "@/lib/route";

export const routes: PageRoute[] = [
  { path: paths.workingCalendar, handle: { title: "workingcalendar:title" }, lazy: () => import("./calendar-page") },
];
