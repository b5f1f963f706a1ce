import { useCommand } from "@/api/command";
import { listDeliveriesOptions, sendTestMailMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { DeliveryView, NoticeKind } from "@/api/generated/types.gen";
import { words } from "@/api/words";
import { paths } from "@/lib/paths";
import { formatShort } from "@/lib/time";
import { AdminNav } from "@/ui/admin-nav";
import type { Column } from "@/ui/list-page/columns";
import type { Filter } from "@/ui/list-page/filters";
import { ListPage } from "@/ui/list-page/list-page";
import { plainQuery } from "@/ui/list-page/plain-query";
import { Page } from "@/ui/page";
import { PermittedButton } from "@/ui/permitted-button";
import { ProblemAlert } from "@/ui/problem-alert";
import { When } from "@/ui/when";
import { MailOutlined } from "@ant-design/icons";
import { Card, Flex, Typography } from "antd";
import type { TFunction } from "i18next";
import { useMemo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { DeliveryStateTag, Recipient, useKindName } from "./words";

/** Every message to people: what waits, what was sent, what did not arrive and why. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const kindName = useKindName();
  const test = useCommand(sendTestMailMutation(), ({ id }) => void navigate(paths.delivery(id)));
  const filters = useMemo(() => filtersOf(t), [t]);
  const columns = useMemo(() => columnsOf(t, kindName), [t, kindName]);
  return (
    <Page
      title={t("deliveries:title")}
      subtitle={t("deliveries:subtitle")}
      extra={
        <PermittedButton
          operation="send_test_mail"
          icon={<MailOutlined />}
          loading={test.isPending}
          onClick={() => test.mutate({})}
        >
          {t("deliveries:test")}
        </PermittedButton>
      }
    >
      <AdminNav />
      <ProblemAlert error={test.error} />
      <ListPage
        name="deliveries"
        filters={filters}
        columns={columns}
        // A value that the API does not know is refused there, with its reason.
        query={(ask) => listDeliveriesOptions({ query: plainQuery(ask) })}
        rowKey={({ id }) => id}
        card={(delivery) => <DeliveryCard delivery={delivery} />}
        views={[
          { name: t("deliveries:views.all"), search: "" },
          ...(["failed", "parked", "pending", "held"] as const).map((state) => ({
            name: t(`enums:DeliveryState.${state}`),
            search: `state=${state}`,
          })),
        ]}
        nothing={{ text: t("deliveries:nothing") }}
      />
    </Page>
  );
}

function filtersOf(t: TFunction): Filter[] {
  return [
    {
      kind: "choice",
      key: "state",
      label: t("deliveries:state"),
      options: words.DeliveryState.map((value) => ({ value, label: t(`enums:DeliveryState.${value}`) })),
    },
    {
      kind: "choice",
      key: "kind",
      label: t("deliveries:kind"),
      options: words.NoticeKind.map((value) => ({ value, label: t(`enums:NoticeKind.${value}`) })),
    },
    {
      kind: "choice",
      key: "channel",
      label: t("deliveries:channel"),
      options: words.Channel.map((value) => ({ value, label: t(`enums:Channel.${value}`) })),
    },
    { kind: "person", key: "recipient_id", label: t("deliveries:recipient") },
    { kind: "linked", key: "release_id", label: t("deliveries:ofRelease") },
    { kind: "linked", key: "robot_id", label: t("deliveries:ofRobot") },
  ];
}

function columnsOf(t: TFunction, kindName: (kind: NoticeKind | null) => string): Column<DeliveryView>[] {
  return [
    {
      key: "kind",
      title: t("deliveries:kind"),
      fixed: true,
      render: ({ id, kind }) => <Link to={paths.delivery(id)}>{kindName(kind)}</Link>,
    },
    { key: "recipient", title: t("deliveries:recipient"), render: (delivery) => <Recipient of={delivery} /> },
    { key: "address", title: t("deliveries:address"), hidden: true, render: ({ address }) => address },
    { key: "channel", title: t("deliveries:channel"), render: ({ channel }) => t(`enums:Channel.${channel}`) },
    { key: "state", title: t("deliveries:state"), render: ({ state }) => <DeliveryStateTag state={state} /> },
    { key: "created", title: t("deliveries:createdAt"), render: ({ created_at }) => formatShort(created_at) },
    {
      key: "next",
      title: t("deliveries:sentOrNext"),
      render: (delivery) => <SentOrNext of={delivery} />,
    },
    { key: "attempts", title: t("deliveries:attempts"), align: "end", render: ({ attempts }) => attempts },
    {
      key: "error",
      title: t("deliveries:error"),
      width: 280,
      render: ({ last_error }) => <span className="fabu-long-text">{last_error}</span>,
    },
  ];
}

/** When it was accepted, or when it is tried next. */
function SentOrNext({ of: { sent_at, next_at } }: { of: DeliveryView }): ReactElement | null {
  const { t } = useTranslation();
  if (sent_at !== null) return <span>{formatShort(sent_at)}</span>;
  return next_at === null ? null : <span>{t("deliveries:nextAt", { at: formatShort(next_at) })}</span>;
}

function DeliveryCard({ delivery }: { delivery: DeliveryView }): ReactElement {
  const kindName = useKindName();
  return (
    <Card size="small">
      <Flex vertical gap={4}>
        <Flex justify="space-between" gap={8}>
          <Link to={paths.delivery(delivery.id)}>{kindName(delivery.kind)}</Link>
          <DeliveryStateTag state={delivery.state} />
        </Flex>
        <Recipient of={delivery} />
        <Typography.Text type="secondary">
          <When at={delivery.created_at} />
        </Typography.Text>
        {delivery.last_error !== null && <span className="fabu-long-text">{delivery.last_error}</span>}
      </Flex>
    </Card>
  );
}
