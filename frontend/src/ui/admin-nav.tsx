import { paths } from "@/lib/paths";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { SectionNav } from "./section-nav";

const pages = [
  { name: "users", to: paths.users },
  { name: "departments", to: paths.departments },
  { name: "customers", to: paths.customers },
  { name: "serviceObjects", to: paths.serviceObjects },
  { name: "deputies", to: paths.deputies },
  { name: "workingCalendar", to: paths.workingCalendar },
  { name: "deliveries", to: paths.deliveries },
  { name: "robots", to: paths.robots },
  { name: "jobs", to: paths.jobs },
  { name: "setup", to: paths.setupSteps },
  { name: "log", to: paths.log },
] as const;

/** Leads between the pages of the administration. */
export function AdminNav(): ReactElement {
  const { t } = useTranslation();
  return (
    <SectionNav label={t("admin:title")} pages={pages.map(({ name, to }) => ({ to, label: t(`admin:${name}`) }))} />
  );
}
