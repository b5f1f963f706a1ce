import { listApprovalsQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { listApprovals } from "@/api/generated/sdk.gen";
import { useParts } from "@/api/parts";
import { approvalPage, paths } from "@/lib/paths";
import { MoreButton } from "@/ui/more-button";
import { Page } from "@/ui/page";
import { Loaded, Nothing } from "@/ui/page-states";
import { ApprovalCard } from "@/procedure/approval-card";
import { Button, Flex, Tabs } from "antd";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

const tabs = ["awaited", "others"] as const;
type Tab = (typeof tabs)[number];

/** Panels that wait for the reader (or somebody the reader stands in for), and the others they sit on. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const [tab, setTab] = useQueryState("tab", parseAsStringLiteral(tabs).withDefault("awaited"));
  return (
    <Page title={t("approvals:title")} extra={<Link to={`${paths.tasks}?open=true`}>{t("approvals:tasks")}</Link>}>
      <Tabs
        aria-label={t("approvals:tabs")}
        activeKey={tab}
        onChange={(key) => void setTab(tabs.find((known) => known === key) ?? null)}
        items={tabs.map((key) => ({ key, label: t(`approvals:tab.${key}`), children: <List tab={key} /> }))}
        destroyOnHidden
      />
    </Page>
  );
}

function List({ tab }: { tab: Tab }): ReactElement {
  const { t } = useTranslation();
  const query = { awaited: tab === "awaited", limit: 20 };
  const approvals = useParts(listApprovalsQueryKey({ query }), (cursor, signal) =>
    listApprovals({ query: { ...query, ...cursor }, signal, throwOnError: true }),
  );
  return (
    <Loaded query={approvals}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) return <Nothing text={t(`approvals:nothing.${tab}`)} />;
        return (
          <Flex vertical gap={10}>
            {items.map((approval) => (
              <ApprovalCard
                key={approval.id}
                approval={approval}
                actions={
                  <Link to={approvalPage(approval.id, approval.subject)}>
                    <Button type={tab === "awaited" ? "primary" : "default"} tabIndex={-1}>
                      {t(tab === "awaited" ? "approvals:answer" : "approvals:open")}
                    </Button>
                  </Link>
                }
              />
            ))}
            <MoreButton query={approvals} />
          </Flex>
        );
      }}
    </Loaded>
  );
}
