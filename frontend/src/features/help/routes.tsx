import { paths } from "@/lib/paths";
import type { PageRoute } from "@/lib/route";

export const routes: PageRoute[] = [
  { path: paths.help, handle: { title: "help:title" }, lazy: () => import("./help-page") },
];
