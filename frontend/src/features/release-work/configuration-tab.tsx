import { listConfigurationChangesOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { ListConfigurationChangesResponse } from "@/api/generated/types.gen";
import { useItemNumbered } from "@/api/items";
import { paths } from "@/lib/paths";
import { formatInstant } from "@/lib/time";
import { AffectedItems } from "@/procedure/affected-items";
import { TextChange } from "@/procedure/document/changes";
import { Loaded, Nothing } from "@/ui/page-states";
import { ReleaseAction, useReleasePage } from "@/procedure/release-page";
import { ItemUpdateTag } from "@/ui/item-tags";
import { Section } from "@/ui/section";
import { Due } from "@/ui/when";
import { useQuery } from "@tanstack/react-query";
import { Alert, Descriptions, Flex, Typography } from "antd";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

type Item = ListConfigurationChangesResponse["items"][number];
type ItemState = NonNullable<Item["baseline"]>;

/** The configuration items that the release changes: baseline, plan, request, and what the administrator found (5.9). */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  const items = useQuery(listConfigurationChangesOptions({ path: { number: release.number } }));
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} wrap>
        <ReleaseAction name="send_configuration_request" isPrimary />
        <ReleaseAction name="plan_configuration_change" />
      </Flex>
      <Loaded query={items}>
        {(list) =>
          list.items.length === 0 ? (
            <Nothing text={t("work:configuration.nothing")} />
          ) : (
            <Flex vertical gap={12}>
              {list.items.map((item) => (
                <ItemCard key={item.id} item={item} />
              ))}
            </Flex>
          )
        }
      </Loaded>
      <AffectedItems number={release.number} />
    </Flex>
  );
}

function ItemCard({ item }: { item: Item }): ReactElement {
  const { t } = useTranslation();
  const by = (done: Item["baseline_by"]): string =>
    done ? t("tasks:by", { name: done.by.name, at: formatInstant(done.at) }) : "";
  const known = useItemNumbered(item.item);
  const rows: [string, ReactNode][] = [
    [t("work:configuration.baseline"), <State key="b" state={item.baseline} by={by(item.baseline_by)} />],
    [t("work:configuration.planned"), item.planned_version],
    ...(item.expected !== null && ["drafted", "requested", "returned"].includes(item.state)
      ? [[t("work:configuration.expected"), <State key="e" state={item.expected} by="" />] as [string, ReactNode]]
      : []),
    ...(known
      ? [[t("work:configuration.present"), known.item_version ?? t("registers:none")] as [string, ReactNode]]
      : []),
    [
      t("work:configuration.actual"),
      <State key="a" state={item.actual} by={item.state === "confirmed" ? by(item.decided_by) : ""} />,
    ],
  ];
  const more: [string, ReactNode][] = [
    ...(item.phase === null ? [] : [[t("work:configuration.phase"), item.phase] as [string, ReactNode]]),
    ...(item.requested_by ? [[t("work:configuration.requested"), by(item.requested_by)] as [string, ReactNode]] : []),
    ...(item.due_at !== null && item.state !== "confirmed"
      ? [[t("work:configuration.due"), <Due key="d" at={item.due_at} />] as [string, ReactNode]]
      : []),
    ...(item.library_reference === null
      ? []
      : [[t("work:configuration.library"), item.library_reference] as [string, ReactNode]]),
  ];
  return (
    <Section
      id={`item-${item.id}`}
      title={<Link to={paths.configurationItemNumbered(item.item)}>{item.item}</Link>}
      extra={<ItemUpdateTag state={item.state} />}
    >
      <Flex vertical gap={10}>
        <Descriptions
          size="small"
          column={{ xs: 1, sm: 2, md: 3, lg: rows.length }}
          layout="vertical"
          colon={false}
          items={rows.map(([label, children]) => ({ key: label, label, children }))}
        />
        {more.length > 0 && (
          <Descriptions
            size="small"
            column={{ xs: 1, sm: 1, md: 2 }}
            items={more.map(([label, children]) => ({ key: label, label, children }))}
          />
        )}
        {item.baseline?.values && item.actual?.values && item.baseline.values !== item.actual.values && (
          <div className="fabu-change">
            <Typography.Text type="secondary">{t("work:configuration.difference")}</Typography.Text>
            <div>
              <TextChange before={item.baseline.values} after={item.actual.values} />
            </div>
          </div>
        )}
        {item.difference_reason !== null && (
          <Alert type="info" showIcon title={t("work:configuration.differs", { reason: item.difference_reason })} />
        )}
        {item.state === "dropped" && item.drop_reason !== null && (
          <Alert type="info" showIcon title={t("work:configuration.dropped", { reason: item.drop_reason })} />
        )}
        {item.state === "returned" && item.return_reason !== null && (
          <Alert
            type="warning"
            showIcon
            title={t("work:configuration.returned", {
              name: item.decided_by?.by.name ?? "",
              reason: item.return_reason,
            })}
          />
        )}
        <Flex gap={8} wrap>
          {item.state === "planned" && (
            <>
              <ReleaseAction name="record_baseline" subject={item.id} />
              <ReleaseAction name="drop_configuration_change" subject={item.id} />
            </>
          )}
          {item.state === "requested" && (
            <>
              <ReleaseAction name="confirm_configuration_change" subject={item.id} isPrimary />
              <ReleaseAction name="return_configuration_change" subject={item.id} />
            </>
          )}
        </Flex>
      </Flex>
    </Section>
  );
}

function State({ state, by }: { state: ItemState | null; by: string }): ReactElement {
  const { t } = useTranslation();
  if (state === null) return <Typography.Text type="secondary">{t("work:configuration.none")}</Typography.Text>;
  return (
    <Flex vertical>
      <span>{state.version}</span>
      {state.values && <span className="fabu-long-text">{state.values}</span>}
      {by !== "" && <Typography.Text type="secondary">{by}</Typography.Text>}
    </Flex>
  );
}
