import { listChangesOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { ChangeView, ServiceObjectView } from "@/api/generated/types.gen";
import { useServiceObjects } from "@/api/registers";
import { paths } from "@/lib/paths";
import { formatShort } from "@/lib/time";
import { ChangesNav } from "@/ui/changes-nav";
import type { Column } from "@/ui/list-page/columns";
import type { Filter } from "@/ui/list-page/filters";
import { ListPage } from "@/ui/list-page/list-page";
import { plainQuery } from "@/ui/list-page/plain-query";
import { Page } from "@/ui/page";
import { PermittedButton } from "@/ui/permitted-button";
import { PlusOutlined, RocketOutlined } from "@ant-design/icons";
import { Button, Card, Flex, Tag, Typography } from "antd";
import type { TFunction } from "i18next";
import { useMemo, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { ChangeDialog } from "./change-dialog";
import { ChangeKindTag, ChangeStateTag } from "./change-tags";

const none: ServiceObjectView[] = [];

/** Changes taken over from change management; the approved ones are what a release is made from. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<string[]>([]);
  const [isAdding, setAdding] = useState(false);
  const objects = useServiceObjects().data ?? none;
  const filters = useMemo(() => filtersOf(t, objects), [t, objects]);
  const columns = useMemo(() => columnsOf(t, objects), [t, objects]);
  return (
    <Page
      title={t("changes:title")}
      subtitle={t("changes:subtitle")}
      extra={
        <>
          <PermittedButton operation="create_change" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t("changes:add")}
          </PermittedButton>
          <Button
            type="primary"
            icon={<RocketOutlined />}
            onClick={() => void navigate(chosen.length === 0 ? paths.newRelease : paths.newReleaseOf(chosen))}
          >
            {chosen.length === 0 ? t("changes:release") : t("changes:releaseOf", { count: chosen.length })}
          </Button>
        </>
      }
    >
      <ChangesNav />
      <ListPage
        name="changes"
        filters={filters}
        columns={columns}
        query={(ask) => listChangesOptions({ query: plainQuery(ask) })}
        rowKey={({ id }) => id}
        card={(change) => <ChangeCard change={change} objects={objects} />}
        views={[
          { name: t("changes:views.all"), search: "" },
          { name: t("changes:views.ready"), search: "state=approved&unassigned=true" },
          { name: t("changes:views.waiting"), search: "state=registered" },
          { name: t("changes:views.emergency"), search: "kind=emergency" },
        ]}
        nothing={{ text: t("changes:nothing") }}
        selection={{
          keys: chosen,
          onChange: setChosen,
          can: isReady,
          label: ({ number }) => t("changes:choose", { number }),
        }}
      />
      {isAdding && (
        <ChangeDialog onClose={() => setAdding(false)} onDone={({ id }) => void navigate(paths.change(id))} />
      )}
    </Page>
  );
}

/** Approved and in no release yet. */
function isReady({ state, release_id }: ChangeView): boolean {
  return state === "approved" && release_id === null;
}

function filtersOf(t: TFunction, objects: readonly ServiceObjectView[]): Filter[] {
  return [
    { kind: "text", key: "q", label: t("changes:filter.q") },
    {
      kind: "choice",
      key: "state",
      label: t("changes:column.state"),
      options: ["registered", "approved", "withdrawn"].map((value) => ({
        value,
        label: t(`enums:ChangeState.${value}`),
      })),
    },
    {
      kind: "choice",
      key: "kind",
      label: t("changes:column.kind"),
      options: ["normal", "emergency"].map((value) => ({ value, label: t(`enums:ChangeKind.${value}`) })),
    },
    {
      kind: "choice",
      key: "service_object_id",
      label: t("changes:column.objects"),
      options: objects.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` })),
    },
    { kind: "flag", key: "unassigned", label: t("changes:filter.unassigned") },
  ];
}

function columnsOf(t: TFunction, objects: readonly ServiceObjectView[]): Column<ChangeView>[] {
  return [
    { key: "number", title: t("changes:column.number"), fixed: true, render: numberLink },
    { key: "title", title: t("changes:column.title"), fixed: true, width: 320, render: ({ title }) => title },
    { key: "kind", title: t("changes:column.kind"), render: ({ kind }) => <ChangeKindTag kind={kind} /> },
    { key: "state", title: t("changes:column.state"), render: (change) => <Standing change={change} /> },
    {
      key: "objects",
      title: t("changes:column.objects"),
      render: (change) => namesOf(change, objects).join(t("common:listSeparator")),
    },
    { key: "requested_by", title: t("changes:column.requestedBy"), render: ({ requested_by }) => requested_by },
    {
      key: "requested_at",
      title: t("changes:column.requestedAt"),
      render: ({ requested_at }) => formatShort(requested_at),
    },
    {
      key: "approved_at",
      title: t("changes:column.approvedAt"),
      hidden: true,
      render: ({ approval }) => approval && formatShort(approval.approved_at),
    },
    {
      key: "registered_at",
      title: t("changes:column.registeredAt"),
      hidden: true,
      render: ({ registered_at }) => formatShort(registered_at),
    },
  ];
}

function namesOf({ service_objects }: ChangeView, objects: readonly ServiceObjectView[]): string[] {
  return service_objects.map((wanted) => objects.find(({ id }) => id === wanted)?.name ?? "…");
}

function numberLink({ id, number }: ChangeView): ReactElement {
  return (
    <Link to={paths.change(id)} style={{ whiteSpace: "nowrap" }}>
      {number}
    </Link>
  );
}

/** Its state, and whether a release carries it out. */
function Standing({ change }: { change: ChangeView }): ReactElement {
  const { t } = useTranslation();
  return (
    <Flex gap={4} wrap>
      <ChangeStateTag state={change.state} />
      {change.release_id !== null && <Tag color="blue">{t("changes:inRelease")}</Tag>}
    </Flex>
  );
}

/** A change on a phone. */
function ChangeCard({ change, objects }: { change: ChangeView; objects: readonly ServiceObjectView[] }): ReactElement {
  const { t } = useTranslation();
  return (
    <Card size="small">
      <Flex vertical gap={4}>
        <Flex justify="space-between" gap={8}>
          {numberLink(change)}
          <ChangeKindTag kind={change.kind} />
        </Flex>
        <Typography.Text strong>{change.title}</Typography.Text>
        <Standing change={change} />
        <Typography.Text type="secondary">
          {namesOf(change, objects).join(t("common:listSeparator"))} · {formatShort(change.requested_at)}
        </Typography.Text>
      </Flex>
    </Card>
  );
}
