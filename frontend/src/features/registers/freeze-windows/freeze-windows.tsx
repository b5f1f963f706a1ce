import {
  createFreezeWindowMutation,
  listFreezeWindowsOptions,
  updateFreezeWindowMutation,
} from "@/api/generated/@tanstack/react-query.gen";
import { formatWindow } from "@/lib/time";
import type { ReactElement } from "react";
import { register } from "../register/register";
import { RegisterPage } from "../register/register-page";
import { FromTemplate } from "./from-template";
import { ScopeOf } from "./scope-of";

export const freezeWindows = register({
  kind: "freeze_window",
  list: listFreezeWindowsOptions,
  create: createFreezeWindowMutation,
  update: updateFreezeWindowMutation,
  defaults: () => ({ kind: "freeze", allowed: ["emergency"], authority: "general_manager", active: true }),
  unlisted: ["starts", "ends", "customers", "service_objects", "configuration_items"],
  hidden: ["reason", "authority"],
  columns: (t) => [
    { key: "window", title: t("freezes:window"), render: ({ starts, ends }) => formatWindow(starts, ends), width: 220 },
    { key: "scope", title: t("freezes:scope"), render: (freeze) => <ScopeOf freeze={freeze} />, width: 210 },
  ],
  Tools: FromTemplate,
});

/** When nothing goes live, for whom, and what still may (5.5.4). */
export function Component(): ReactElement {
  return <RegisterPage register={freezeWindows} />;
}
