import { paths } from "@/lib/paths";
import type { PageRoute } from "@/lib/route";

export const routes: PageRoute[] = [
  { path: paths.deliveries, handle: { title: "deliveries:title" }, lazy: () => import("./deliveries-page") },
  { path: paths.delivery(":id"), handle: { title: "deliveries:one" }, lazy: () => import("./delivery-page") },
];
