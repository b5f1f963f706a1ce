import { paths } from "@/lib/paths";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { SectionNav } from "./section-nav";

const pages = [
  { name: "changes:title", to: paths.changes },
  { name: "changes:quarter.title", to: paths.changeQuarter },
  { name: "records:configuration_item._plural", to: paths.configurationItems },
] as const;

/** Leads between the pages of changes and configuration. */
export function ChangesNav(): ReactElement {
  const { t } = useTranslation();
  return <SectionNav label={t("shell:menu.changes")} pages={pages.map(({ name, to }) => ({ to, label: t(name) }))} />;
}
