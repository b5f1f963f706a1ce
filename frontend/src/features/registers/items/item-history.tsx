import { listItemReleasesQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { listItemReleases } from "@/api/generated/sdk.gen";
import type { ItemReleaseView } from "@/api/generated/types.gen";
import { useParts } from "@/api/parts";
import { paths } from "@/lib/paths";
import { formatInstant } from "@/lib/time";
import { VerdictTag } from "@/procedure/release-tags";
import { ItemUpdateTag } from "@/ui/item-tags";
import { MoreButton } from "@/ui/more-button";
import { Loaded, Nothing } from "@/ui/page-states";
import { Flex, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** The releases that changed an item, the newest first: who, when, and under which go-live approval (3.2). */
export function ItemHistory({ id }: { id: string }): ReactElement {
  const { t } = useTranslation();
  const path = { id };
  const found = useParts(listItemReleasesQueryKey({ path }), (cursor, signal) =>
    listItemReleases({ path, query: { ...cursor, limit: 20 }, signal, throwOnError: true }),
  );
  return (
    <Loaded query={found} rows={4}>
      {({ pages }) => {
        const releases = pages.flatMap(({ items }) => items);
        if (releases.length === 0) return <Nothing text={t("items:history.nothing")} />;
        return (
          <Flex vertical gap={12} align="start">
            <ul className="fabu-plain-list">
              {releases.map((one) => (
                <li key={one.change_id}>
                  <PastRelease of={one} />
                </li>
              ))}
            </ul>
            <MoreButton query={found} />
          </Flex>
        );
      }}
    </Loaded>
  );
}

function PastRelease({ of }: { of: ItemReleaseView }): ReactElement {
  const { t } = useTranslation();
  const { release, title, stage, verdict, state, baseline, actual, planned_version: planned } = of;
  const by = (person: ItemReleaseView["decided_by"], at: string | null) =>
    [person?.name, at && formatInstant(at)].filter(Boolean).join(" ");
  const after = actual?.version ?? planned;
  return (
    <Flex vertical gap={2}>
      <Flex gap="4px 8px" wrap align="baseline">
        <Link to={paths.releaseTab(release, "configuration")}>{release}</Link>
        <span className="fabu-long-text">{title}</span>
        {verdict === null ? (
          <Typography.Text type="secondary">{t(`enums:Stage.${stage}`)}</Typography.Text>
        ) : (
          <VerdictTag verdict={verdict} />
        )}
        <ItemUpdateTag state={state} />
      </Flex>
      <span>
        {baseline === null
          ? t(actual === null ? "items:history.planned" : "items:history.now", { version: after })
          : t(actual === null ? "items:history.toBe" : "items:history.was", { before: baseline.version, after })}
      </span>
      <Flex gap="2px 16px" wrap>
        {of.deployed_at !== null && (
          <Typography.Text type="secondary">
            {t("items:history.deployed", { by: by(of.deployed_by, of.deployed_at) })}
          </Typography.Text>
        )}
        {of.decided_at !== null && (
          <Typography.Text type="secondary">
            {t(state === "returned" ? "items:history.returned" : "items:history.confirmed", {
              by: by(of.decided_by, of.decided_at),
            })}
          </Typography.Text>
        )}
        {of.approval_id !== null && <Link to={paths.approval(of.approval_id)}>{t("items:history.approval")}</Link>}
      </Flex>
    </Flex>
  );
}
