import { paths } from "@/lib/paths";
import type { PageRoute } from "@/lib/route";

export const routes: PageRoute[] = [{ path: paths.me, handle: { title: "me:title" }, lazy: () => import("./me-page") }];
