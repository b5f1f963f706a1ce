import { paths } from "@/lib/paths";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { SectionNav } from "./section-nav";

const pages = [
  { name: "admin:users", to: paths.users },
  { name: "records:department._plural", to: paths.departments },
  { name: "records:customer._plural", to: paths.customers },
  { name: "records:service_object._plural", to: paths.serviceObjects },
  { name: "records:media_item._plural", to: paths.mediaLibrary },
  { name: "records:deputy._plural", to: paths.deputies },
  { name: "admin:workingCalendar", to: paths.workingCalendar },
  { name: "records:freeze_window._plural", to: paths.freezeWindows },
  { name: "admin:deliveries", to: paths.deliveries },
  { name: "records:robot._plural", to: paths.robots },
  { name: "admin:jobs", to: paths.jobs },
  { name: "admin:setup", to: paths.setupSteps },
  { name: "admin:log", to: paths.log },
] as const;

/** Leads between the pages of the administration. */
export function AdminNav(): ReactElement {
  const { t } = useTranslation();
  return <SectionNav label={t("admin:title")} pages={pages.map(({ name, to }) => ({ to, label: t(name) }))} />;
}
