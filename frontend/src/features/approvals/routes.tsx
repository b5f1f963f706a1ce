import { paths } from "@/lib/paths";
import type { PageRoute } from "@/lib/route";

export const routes: PageRoute[] = [
  { path: paths.approvals, handle: { title: "approvals:title" }, lazy: () => import("./approvals-page") },
  { path: paths.approval(":id"), handle: { title: "approvals:page" }, lazy: () => import("./approval-page") },
];
