import { viewChangeProgressOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { ChangeProgressView, ChangeView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { formatWindow } from "@/lib/time";
import { VerdictTag } from "@/procedure/release-tags";
import { Loaded, Nothing } from "@/ui/page-states";
import { Section } from "@/ui/section";
import { useQuery } from "@tanstack/react-query";
import { Alert, Flex, Tag, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ChangeStandingTag } from "./change-tags";

/** Where a change stands: the release that carries it out, how that went by environment, and the configuration results (9.1). */
export function CarryingRelease({ change }: { change: ChangeView }): ReactElement {
  const { t } = useTranslation();
  const progress = useQuery(viewChangeProgressOptions({ path: { id: change.id } }));
  return (
    <Section
      title={t("changes:carrying.title")}
      extra={progress.data && <ChangeStandingTag standing={progress.data.standing} />}
    >
      <Loaded query={progress} rows={2}>
        {(found) => (found.release === null ? <Nothing text={noRelease(change, t)} /> : <Progress progress={found} />)}
      </Loaded>
    </Section>
  );
}

function noRelease(change: ChangeView, t: (key: string) => string): string {
  if (change.release_id !== null) return t("changes:carrying.hidden");
  return t(change.state === "approved" ? "changes:carrying.none" : "changes:carrying.notYet");
}

function Progress({ progress }: { progress: ChangeProgressView }): ReactElement | null {
  const { t } = useTranslation();
  const { release, environments, items, standing } = progress;
  if (release === null) return null;
  const { window_start: start, window_end: end } = release;
  const returned = items.filter(({ state }) => state === "returned");
  return (
    <Flex vertical gap={10}>
      <Flex gap={8} wrap align="baseline">
        <Link to={paths.release(release.number)}>{release.title}</Link>
        <Typography.Text type="secondary">
          {[
            release.number,
            t(`enums:Stage.${release.stage}`),
            start !== null && end !== null && formatWindow(start, end),
            release.changes > 1 && t("changes:carrying.grouped", { count: release.changes }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </Typography.Text>
        {release.verdict !== null && <VerdictTag verdict={release.verdict} />}
      </Flex>
      {standing === "reopened" && returned.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t("changes:carrying.reopened")}
          description={returned.map(({ item, return_reason }) => (
            <div key={item}>
              {item}
              {t("common:colon")}
              {return_reason}
            </div>
          ))}
        />
      )}
      {environments.map(({ environment, items: all, updated, otherwise, returned: back }) => (
        <Flex key={environment ?? ""} gap={8} wrap align="baseline">
          <strong>
            {environment === null ? t("changes:carrying.unregistered") : t(`enums:ItemEnvironment.${environment}`)}
          </strong>
          <span>{t("changes:carrying.results", { all, updated })}</span>
          {otherwise > 0 && <Tag color="orange">{t("changes:carrying.otherwise", { count: otherwise })}</Tag>}
          {back > 0 && <Tag color="red">{t("changes:carrying.returned", { count: back })}</Tag>}
        </Flex>
      ))}
      <Flex vertical gap={2}>
        {items.map(({ item, state, planned_version: planned, actual_version: actual }) => (
          <Flex key={item} gap={8} wrap align="baseline">
            <Link to={paths.configurationItemNumbered(item)}>{item}</Link>
            <span>{actual === null || actual === planned ? planned : `${planned} → ${actual}`}</span>
            <Typography.Text type="secondary">{t(`enums:ConfigurationState.${state}`)}</Typography.Text>
          </Flex>
        ))}
      </Flex>
    </Flex>
  );
}
