import { useMe } from "@/api/me";
import { below } from "@/lib/base-path";
import { speakUnlessChosen } from "@/lib/language";
import { paths } from "@/lib/paths";
import { isPageHandle } from "@/lib/route";
import { useTour } from "@/lib/tour";
import { MenuOutlined } from "@ant-design/icons";
import { Button, Drawer, Grid, Layout, Menu, theme } from "antd";
import { lazy, Suspense, useEffect, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet, ScrollRestoration, useLocation, useMatches, useNavigation } from "react-router";
import { Shortcuts } from "../palette/shortcuts";
import { ExampleBanner } from "./example-banner";
import { Head } from "./head";
import { NoRolePage } from "../error-pages";
import { entryOf, menu } from "./menu";
import { LiveUpdates } from "./live-updates";
import { OfflineBanner } from "./offline-banner";
import { PasswordDialog } from "./password-dialog";
import { SessionDialog } from "./session-dialog";
import { useKnownPages } from "@/ui/known-pages";

const FirstTour = lazy(() => import("../tour/first-tour").then((module) => ({ default: module.FirstTour })));

/** Menu, head and content around every page of a person who has signed in. */
export function Shell(): ReactElement {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  const isWide = Grid.useBreakpoint().lg ?? true;
  const [isMenuOpen, setMenuOpen] = useState(false);
  const isOnTheWay = useNavigation().state === "loading";
  usePageTitle();
  useLanguageOnRecord();
  return (
    <Layout style={{ minHeight: "100vh" }}>
      <a className="fabu-skip" href="#content">
        {t("shell:skip")}
      </a>
      {isWide && (
        <Layout.Sider
          width={200}
          theme="light"
          className="fabu-no-print"
          style={{
            position: "sticky",
            insetBlockStart: 0,
            height: "100vh",
            borderInlineEnd: `1px solid ${token.colorBorderSecondary}`,
          }}
        >
          <Brand />
          <MainMenu />
        </Layout.Sider>
      )}
      <Layout>
        <Layout.Header
          className="fabu-no-print"
          style={{
            position: "sticky",
            insetBlockStart: 0,
            zIndex: 10,
            paddingInline: isWide ? 24 : 8,
            background: token.colorBgContainer,
            borderBlockEnd: `1px solid ${token.colorBorderSecondary}`,
          }}
        >
          <Head
            start={
              !isWide && (
                <Button
                  type="text"
                  data-tour="menu"
                  icon={<MenuOutlined />}
                  aria-label={t("shell:openMenu")}
                  onClick={() => setMenuOpen(true)}
                />
              )
            }
          />
        </Layout.Header>
        <ExampleBanner />
        <OfflineBanner />
        <Layout.Content
          id="content"
          className="fabu-content"
          tabIndex={-1}
          aria-busy={isOnTheWay}
          style={{ padding: isWide ? 24 : 12 }}
        >
          <Content />
        </Layout.Content>
      </Layout>
      <Drawer
        open={!isWide && isMenuOpen}
        onClose={() => setMenuOpen(false)}
        placement="left"
        size={260}
        title={t("shell:product")}
        styles={{ body: { padding: 0 } }}
      >
        <MainMenu onChoose={() => setMenuOpen(false)} />
      </Drawer>
      <LiveUpdates />
      <Shortcuts />
      <TourAtFirst />
      <SessionDialog />
      <PasswordDialog />
      <ScrollRestoration />
    </Layout>
  );
}

/** The page; whoever has no role yet learns so instead, except on the pages of the own account. */
function Content(): ReactElement {
  const me = useMe();
  const { pathname } = useLocation();
  const isOwn = pathname === paths.me || pathname.startsWith(`${paths.me}/`) || pathname === paths.help;
  return me === undefined || isOwn || me.permissions.includes("read_releases") ? <Outlet /> : <NoRolePage />;
}

function Brand(): ReactElement {
  const { t } = useTranslation();
  const { token } = theme.useToken();
  return (
    <Link
      to={paths.workbench}
      style={{ display: "flex", alignItems: "center", gap: 10, height: 64, paddingInline: 20 }}
    >
      <img src={below("/favicon.svg")} alt="" width={28} height={28} />
      <span style={{ fontSize: 17, fontWeight: 600, color: token.colorText }}>{t("shell:product")}</span>
    </Link>
  );
}

function MainMenu({ onChoose }: { onChoose?: () => void }): ReactElement {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const known = useKnownPages();
  const selected = entryOf(pathname);
  const entries = menu.flatMap((entry) => {
    const first = entry.pages.find((page) => known.has(page));
    return first === undefined ? [] : [{ ...entry, first }];
  });
  return (
    <nav aria-label={t("shell:mainMenu")} data-tour="menu">
      <Menu
        mode="inline"
        style={{ borderInlineEnd: 0 }}
        selectedKeys={selected ? [selected.name] : []}
        items={entries.map(({ name, icon, first }) => ({
          key: name,
          icon,
          label: (
            <Link to={first} onClick={onChoose}>
              {t(`shell:menu.${name}`)}
            </Link>
          ),
        }))}
      />
    </nav>
  );
}

/** The tour, loaded for those who take it; it begins on the workbench, where everybody begins. */
function TourAtFirst(): ReactElement | null {
  const isWanted = useTour();
  const { pathname } = useLocation();
  if (!isWanted || pathname !== paths.workbench) return null;
  return (
    <Suspense>
      <FirstTour />
    </Suspense>
  );
}

/** At the first sign-in in a browser the pages turn to the reader's own language. */
function useLanguageOnRecord(): void {
  const language = useMe()?.language;
  useEffect(() => {
    if (language !== undefined) void speakUnlessChosen(language);
  }, [language]);
}

/** The browser's title follows the innermost page that has one. */
function usePageTitle(): void {
  const { t } = useTranslation();
  const handle = useMatches()
    .map((match) => match.handle)
    .findLast(isPageHandle);
  useEffect(() => {
    document.title = handle === undefined ? t("shell:product") : `${t(handle.title)} · ${t("shell:product")}`;
  }, [handle, t]);
}
