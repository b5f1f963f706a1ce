import {
  createConfigurationItemMutation,
  listConfigurationItemsOptions,
  updateConfigurationItemMutation,
} from "@/api/generated/@tanstack/react-query.gen";
import { paths } from "@/lib/paths";
import { ChangesNav } from "@/ui/changes-nav";
import { ItemStateTag } from "@/ui/item-tags";
import type { ReactElement } from "react";
import { register } from "../register/register";
import { RegisterPage } from "../register/register-page";
import { ItemCard } from "./item-card";
import { ItemTools } from "./item-tools";

export const configurationItems = register({
  kind: "configuration_item",
  list: listConfigurationItemsOptions,
  create: createConfigurationItemMutation,
  update: updateConfigurationItemMutation,
  page: paths.configurationItem,
  defaults: () => ({ environment: "production", state: "planned" }),
  cells: { state: ({ state }) => <ItemStateTag state={state} /> },
  hidden: ["owner", "source", "external_id"],
  views: (t) => [
    { name: t("items:views.all"), search: "" },
    { name: t("items:views.production"), search: "environment=production&state=live" },
    { name: t("items:views.planned"), search: "state=planned" },
    { name: t("items:views.retired"), search: "state=retired" },
  ],
  card: (item) => <ItemCard item={item} />,
  Nav: ChangesNav,
  Tools: ItemTools,
});

/** The configuration management database: every item that a release can change (3.4, 9.2c). */
export function Component(): ReactElement {
  return <RegisterPage register={configurationItems} />;
}
