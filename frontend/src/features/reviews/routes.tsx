import { paths } from "@/lib/paths";
import type { PageRoute } from "@/lib/route";

export const routes: PageRoute[] = [
  { path: paths.reviews, handle: { title: "reviews:title" }, lazy: () => import("./reviews-page") },
];
