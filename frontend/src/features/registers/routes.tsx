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
    handle: { title: "records:department._plural" },
    lazy: () => import("./departments"),
  },
  { path: paths.customers, handle: { title: "records:customer._plural" }, lazy: () => import("./customers") },
  {
    path: paths.serviceObjects,
    handle: { title: "records:service_object._plural" },
    lazy: () => import("./service-objects"),
  },
  {
    path: paths.mediaLibrary,
    handle: { title: "records:media_item._plural" },
    lazy: () => import("./media-library"),
  },
  {
    path: paths.configurationItems,
    handle: { title: "records:configuration_item._plural" },
    lazy: () => import("./items/configuration-items"),
  },
  {
    path: paths.configurationItem(":id"),
    handle: { title: "items:one" },
    lazy: () => import("./items/item-page"),
  },
  {
    path: paths.configurationItemNumbered(":number"),
    handle: { title: "items:one" },
    lazy: () => import("./items/numbered-page"),
  },
  {
    path: paths.freezeWindows,
    handle: { title: "records:freeze_window._plural" },
    lazy: () => import("./freeze-windows/freeze-windows"),
  },
  { path: paths.deputies, handle: { title: "records:deputy._plural" }, lazy: () => import("./deputies/deputies") },
  { path: paths.robots, handle: { title: "records:robot._plural" }, lazy: () => import("./robots/robots") },
  {
    path: paths.schedules,
    handle: { title: "records:schedule._plural" },
    lazy: () => import("./schedules/schedules"),
  },
  {
    path: paths.schedule(":id"),
    handle: { title: "records:schedule._singular" },
    lazy: () => import("./schedules/schedule-page"),
  },
];
