import { paths } from "@/lib/paths";
import type { PageRoute } from "@/lib/route";

export const routes: PageRoute[] = [
  { path: paths.changes, handle: { title: "changes:title" }, lazy: () => import("./changes-page") },
  { path: paths.change(":id"), handle: { title: "changes:one" }, lazy: () => import("./change-page") },
  {
    path: paths.changeQuarter,
    handle: { title: "changes:quarter.title" },
    lazy: () => import("./change-quarter-page"),
  },
];
