import { paths } from "@/lib/paths";
import type { PageRoute } from "@/lib/route";

export const routes: PageRoute[] = [
  { path: paths.reports, handle: { title: "reports:title" }, lazy: () => import("./reports-page") },
];
