import { paths } from "@/lib/paths";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { SectionNav } from "./section-nav";

const pages = [
  { name: "reports:nav.figures", to: paths.reports },
  { name: "reports:nav.quarterly", to: paths.quarterlyReports },
  { name: "reports:nav.reviews", to: paths.reviews },
  { name: "records:schedule._plural", to: paths.schedules },
] as const;

/** Leads between the pages of reports and improvement. */
export function ReportsNav(): ReactElement {
  const { t } = useTranslation();
  return <SectionNav label={t("shell:menu.reports")} pages={pages.map(({ name, to }) => ({ to, label: t(name) }))} />;
}
