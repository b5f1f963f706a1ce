import { paths } from "@/lib/paths";
import { useKnownPages } from "@/ui/known-pages";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { SectionNav } from "./section-nav";

const pages = [
  { name: "users", to: paths.users },
  { name: "departments", to: paths.departments },
  { name: "customers", to: paths.customers },
  { name: "serviceObjects", to: paths.serviceObjects },
  { name: "deputies", to: paths.deputies },
  { name: "log", to: paths.log },
] as const;

/** Leads between the pages of the administration. */
export function AdminNav(): ReactElement {
  const { t } = useTranslation();
  const known = useKnownPages();
  return (
    <SectionNav
      label={t("admin:title")}
      pages={pages.filter(({ to }) => known.has(to)).map(({ name, to }) => ({ to, label: t(`admin:${name}`) }))}
    />
  );
}
