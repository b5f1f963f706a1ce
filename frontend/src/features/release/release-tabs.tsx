import { useKnownPages } from "@/ui/known-pages";
import { paths } from "@/lib/paths";
import { releaseTabs } from "@/lib/route";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";

/** The tabs of a release as links: each has its own address. */
export function ReleaseTabs({ number }: { number: string }): ReactElement {
  const { t } = useTranslation();
  const known = useKnownPages();
  const shown = releaseTabs.filter((tab) => known.has(paths.releaseTab(":number", tab)));
  return (
    <nav className="fabu-tabs fabu-no-print" aria-label={t("release:tabs")}>
      {shown.map((tab) => (
        <NavLink key={tab} to={paths.releaseTab(number, tab)} end>
          {t(`release:tab.${tab}`)}
        </NavLink>
      ))}
    </nav>
  );
}
