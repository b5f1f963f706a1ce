import { paths } from "@/lib/paths";
import type { PageRoute } from "@/lib/route";

export const routes: PageRoute[] = [
  {
    path: paths.setupSteps,
    handle: { title: "registers:setup.title" },
    lazy: () => import("./setup/setup-steps-page"),
  },
  { path: paths.users, handle: { title: "registers:users.title" }, lazy: () => import("./users/users-page") },
  { path: paths.user(":id"), handle: { title: "registers:users.one" }, lazy: () => import("./users/user-page") },
  {
    path: paths.departments,
    handle: { title: "registers:departments.title" },
    lazy: () => import("./departments/departments-page"),
  },
  {
    path: paths.customers,
    handle: { title: "registers:customers.title" },
    lazy: () => import("./customers/customers-page"),
  },
  {
    path: paths.serviceObjects,
    handle: { title: "registers:objects.title" },
    lazy: () => import("./objects/service-objects-page"),
  },
  {
    path: paths.deputies,
    handle: { title: "registers:deputies.title" },
    lazy: () => import("./deputies/deputies-page"),
  },
  { path: paths.robots, handle: { title: "robots:title" }, lazy: () => import("./robots/robots-page") },
];
