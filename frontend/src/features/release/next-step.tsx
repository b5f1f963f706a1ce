import { paths } from "@/lib/paths";
import { isMoot, placeOf } from "@/procedure/commands";
import { GateList } from "@/procedure/gate-list";
import { useReleasePage } from "@/procedure/release-page";
import { Due } from "@/ui/when";
import { Collapse, Flex, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";

/** What stands between the release and its next step: panels that are being asked, and the conditions of each step. */
export function NextStep(): ReactElement | null {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  const { pathname } = useLocation();
  const gates = release.actions.filter((action) => placeOf(action) === "forward" && !isMoot(action));
  const panels = release.approvals.filter(({ state }) => state === "open");
  if (gates.length === 0 && panels.length === 0) return null;
  const unmet = gates.filter(({ allowed }) => !allowed).length;
  const isOverview = pathname === paths.release(release.number);
  return (
    <Collapse
      className="fabu-no-print"
      size="small"
      key={String(isOverview)}
      defaultActiveKey={isOverview ? ["next"] : []}
      items={[
        {
          key: "next",
          label: (
            <Flex gap={12} wrap>
              <Typography.Text strong>{t("release:next.title")}</Typography.Text>
              {panels.length > 0 && <span>{t("release:next.panels", { count: panels.length })}</span>}
              {gates.length > 0 && (
                <Typography.Text type={unmet === 0 ? "success" : "secondary"}>
                  {unmet === 0 ? t("release:next.clear") : t("release:next.unmet", { count: unmet })}
                </Typography.Text>
              )}
            </Flex>
          ),
          children: (
            <Flex vertical gap={8}>
              {panels.map((panel) => (
                <Flex key={panel.id} gap={8} wrap align="baseline">
                  <Link to={paths.approval(panel.id)}>{panel.kind_name}</Link>
                  <span>
                    {t("release:next.awaits", {
                      names: panel.members
                        .filter(({ vote }) => vote === null)
                        .map(({ user }) => user.name)
                        .join(t("common:listSeparator")),
                    })}
                  </span>
                  <Due at={panel.due_at} />
                </Flex>
              ))}
              {gates.length > 0 && <GateList gates={gates} />}
            </Flex>
          ),
        },
      ]}
    />
  );
}
