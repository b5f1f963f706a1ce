import { logOutMutation, listApprovalsOptions, listTasksOptions } from "@/api/generated/@tanstack/react-query.gen";
import { useMe } from "@/api/me";
import { session } from "@/api/session";
import { currentLanguage, languages, speak } from "@/lib/language";
import { paths } from "@/lib/paths";
import { LinkButton } from "@/ui/link-button";
import { BellOutlined, PlusOutlined, QuestionCircleOutlined, SearchOutlined, UserOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Badge, Button, Dropdown, Flex, Grid, Input, Tooltip, type MenuProps } from "antd";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { appearances, choose, useAppearance } from "@/lib/appearance";
import { useKnownPages } from "@/ui/known-pages";

/** The head of every page: search, new, what waits, help, me. */
export function Head({ start }: { start: ReactNode }): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const known = useKnownPages();
  const isWide = Grid.useBreakpoint().md ?? true;
  return (
    <Flex align="center" gap={8} style={{ height: "100%" }} role="banner">
      {start}
      <Input
        data-tour="search"
        aria-label={t("shell:search")}
        placeholder={t("shell:search")}
        prefix={<SearchOutlined aria-hidden />}
        maxLength={200}
        style={{ maxWidth: 360, minWidth: 0 }}
        onPressEnter={(event) => {
          const text = event.currentTarget.value.trim();
          if (text !== "") void navigate(`${paths.releases}?${new URLSearchParams({ q: text }).toString()}`);
        }}
      />
      <div style={{ flex: 1 }} />
      {known.has(paths.newRelease) && (
        <LinkButton
          to={paths.newRelease}
          type="primary"
          icon={<PlusOutlined />}
          aria-label={t("shell:new")}
          style={{ flex: "none" }}
        >
          {isWide && t("shell:new")}
        </LinkButton>
      )}
      <Waiting />
      {known.has(paths.help) && (
        <Tooltip title={t("shell:help")}>
          <LinkButton to={paths.help} type="text" icon={<QuestionCircleOutlined />} aria-label={t("shell:help")} />
        </Tooltip>
      )}
      <Me isWide={isWide} />
    </Flex>
  );
}

/** How much waits for the reader, leading to it. */
function Waiting(): ReactElement {
  const { t } = useTranslation();
  const approvals = useQuery(listApprovalsOptions({ query: { awaited: true, limit: 100 } }));
  const tasks = useQuery(listTasksOptions({ query: { open: true, limit: 100 } }));
  const count = (approvals.data?.items.length ?? 0) + (tasks.data?.items.length ?? 0);
  const label = t("shell:waiting", { count });
  return (
    <Tooltip title={label}>
      <Badge count={count} overflowCount={99} size="small" offset={[-6, 6]}>
        <LinkButton to={paths.workbench} type="text" icon={<BellOutlined />} aria-label={label} data-tour="waiting" />
      </Badge>
    </Tooltip>
  );
}

function Me({ isWide }: { isWide: boolean }): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const known = useKnownPages();
  const appearance = useAppearance();
  const me = useMe();
  const signOut = useMutation({
    ...logOutMutation(),
    onSettled: () => {
      session.end();
      queries.clear();
      void navigate(paths.signIn);
    },
  });
  const items: MenuProps["items"] = [
    ...(known.has(paths.me) ? [{ key: "me", label: <Link to={paths.me}>{t("shell:me")}</Link> }] : []),
    {
      key: "language",
      label: t("shell:language"),
      children: languages.map((language) => ({
        key: language,
        label: t(`shell:languages.${language}`),
        disabled: language === currentLanguage(),
        onClick: () => void speak(language),
      })),
    },
    {
      key: "appearance",
      label: t("shell:appearance"),
      children: appearances.map((name) => ({
        key: name,
        label: t(`shell:appearances.${name}`),
        disabled: name === appearance,
        onClick: () => choose(name),
      })),
    },
    { type: "divider" },
    { key: "out", label: t("auth:signOut"), onClick: () => signOut.mutate({}) },
  ];
  return (
    <Dropdown trigger={["click"]} menu={{ items }} placement="bottomRight">
      <Button
        type="text"
        icon={<UserOutlined />}
        data-tour="account"
        aria-label={t("shell:account", { name: me?.name ?? "" })}
      >
        {isWide && me?.name}
      </Button>
    </Dropdown>
  );
}
