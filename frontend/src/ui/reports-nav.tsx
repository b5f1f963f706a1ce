import { paths } from "@/lib/paths";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { SectionNav } from "./section-nav";

const pages = [
  { name: "figures", to: paths.reports },
  { name: "quarterly", to: paths.quarterlyReports },
  { name: "reviews", to: paths.reviews },
  { name: "schedules", to: paths.schedules },
] as const;

/** Leads between the pages of reports and improvement. */
export function ReportsNav(): ReactElement {
  const { t } = useTranslation();
  return (
    <SectionNav
      label={t("shell:menu.reports")}
      pages={pages.map(({ name, to }) => ({ to, label: t(`reports:nav.${name}`) }))}
    />
  );
}
