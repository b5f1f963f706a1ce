import { paths } from "@/lib/paths";
import type { PageRoute } from "@/lib/route";

export const routes: PageRoute[] = [
  { path: paths.jobs, handle: { title: "jobs:title" }, lazy: () => import("./jobs-page") },
];
