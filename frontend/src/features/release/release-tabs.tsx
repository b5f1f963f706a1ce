import { useKnownPages } from "@/ui/known-pages";
import { paths } from "@/lib/paths";
import { releaseTabs } from "@/lib/route";
import { Menu } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";

/** The tabs of a release as links: each has its own address. */
export function ReleaseTabs({ number }: { number: string }): ReactElement {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const known = useKnownPages();
  const shown = releaseTabs.filter((tab) => known.has(paths.releaseTab(":number", tab)));
  const current = shown.find((tab) => paths.releaseTab(number, tab) === pathname);
  return (
    <nav className="fabu-no-print" style={{ overflowX: "auto" }} aria-label={t("release:tabs")}>
      <Menu
        mode="horizontal"
        // What does not fit is scrolled to: the menu that Ant Design would fold it into hides links that still take the focus.
        disabledOverflow
        selectedKeys={current ? [current] : []}
        style={{ background: "transparent", width: "max-content", minWidth: "100%" }}
        items={shown.map((tab) => ({
          key: tab,
          label: <Link to={paths.releaseTab(number, tab)}>{t(`release:tab.${tab}`)}</Link>,
        }))}
      />
    </nav>
  );
}
