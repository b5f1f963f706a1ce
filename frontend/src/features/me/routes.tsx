import { paths } from "@/lib/paths";
import type { PageRoute } from "@/lib/route";

export const routes: PageRoute[] = [
  { path: paths.me, handle: { title: "me:title" }, lazy: () => import("./me-page") },
  {
    path: paths.myNotifications,
    handle: { title: "me:notifications.title" },
    lazy: () => import("./notifications-page"),
  },
];
