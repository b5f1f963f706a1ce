import { paths } from "@/lib/paths";
import type { PageRoute } from "@/lib/route";

export const routes: PageRoute[] = [
  { path: paths.signIn, handle: { title: "auth:signIn", frame: "none" }, lazy: () => import("./sign-in-page") },
  { path: paths.setup, handle: { title: "auth:setup.title", frame: "none" }, lazy: () => import("./setup-page") },
  {
    path: paths.changePassword,
    handle: { title: "auth:change.title", frame: "none" },
    lazy: () => import("./password-page"),
  },
];
