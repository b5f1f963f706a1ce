import { apiListPage } from "@/lib/api-page";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** A figure that opens exactly the releases that it counts. */
export function FigureLink({ count, href, what }: { count: number; href: string; what: string }): ReactElement {
  const { t } = useTranslation();
  if (count === 0) return <span>0</span>;
  return (
    <Link to={apiListPage(href)} aria-label={t("reports:open", { what, count })}>
      {count}
    </Link>
  );
}
