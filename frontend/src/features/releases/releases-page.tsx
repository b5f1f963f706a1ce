import { words, type WordEnum } from "@/api/words";
import { listKpiQuartersOptions, listReleasesOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { CustomerView, ListReleasesData, ReleaseSummaryView } from "@/api/generated/types.gen";
import { useCustomers } from "@/api/registers";
import { paths } from "@/lib/paths";
import { dayEnd, dayStart, formatShort, formatWindow, today } from "@/lib/time";
import type { Column } from "@/ui/list-page/columns";
import type { Filter, FilterValues } from "@/ui/list-page/filters";
import { ListPage, type Ask } from "@/ui/list-page/list-page";
import type { View } from "@/ui/list-page/saved-views";
import { Page } from "@/ui/page";
import { KindTag, StatusTag, VerdictTag } from "@/procedure/release-tags";
import { useQuery } from "@tanstack/react-query";
import { Card, Flex, Segmented, Typography } from "antd";
import type { TFunction } from "i18next";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useMemo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Board } from "./board";

/** How the releases are shown: the address says it. */
const looks = ["table", "board"] as const;

const noQuarters: string[] = [];
const noCustomers: CustomerView[] = [];

function quartersOf({ items }: { items: { quarter: string }[] }): string[] {
  return items.map(({ quarter }) => quarter);
}

/** All releases that the reader may know of. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const quarters = useQuery({ ...listKpiQuartersOptions(), select: quartersOf }).data ?? noQuarters;
  const customers = useCustomers().data ?? noCustomers;
  const filters = useMemo(() => filtersOf(t, quarters, customers), [t, quarters, customers]);
  const columns = useMemo(() => columnsOf(t), [t]);
  const views = useMemo(() => viewsOf(t), [t]);
  const [look, setLook] = useQueryState(
    "show",
    parseAsStringLiteral(looks).withDefault("table").withOptions({ history: "push" }),
  );
  return (
    <Page
      title={t("releases:title")}
      extra={
        <Segmented
          aria-label={t("releases:look.label")}
          value={look}
          options={looks.map((value) => ({ value, label: t(`releases:look.${value}`) }))}
          onChange={(next) => void setLook(next)}
        />
      }
    >
      {look === "board" ? (
        <Board filters={filters} views={views.map(onBoard)} queryOf={filterQuery} />
      ) : (
        <ListPage
          name="releases"
          filters={filters}
          columns={columns}
          query={(ask) => listReleasesOptions({ query: queryOf(ask) })}
          rowKey={({ id }) => id}
          card={(release) => <ReleaseCard release={release} />}
          views={views}
          nothing={{ text: t("releases:nothing") }}
        />
      )}
    </Page>
  );
}

/** The views that everybody has. */
function viewsOf(t: TFunction): View[] {
  return [
    { name: t("releases:views.all"), search: "" },
    { name: t("releases:views.mine"), search: "member_id=me" },
    { name: t("releases:views.owned"), search: "owner_id=me" },
    {
      name: t("releases:views.thisWeek"),
      search: `window_from=${today()}&window_to=${today(7)}&sort=window_start`,
    },
    { name: t("releases:views.review"), search: "stage=plan_review" },
    { name: t("releases:views.testing"), search: "stage=testing" },
    { name: t("releases:views.suspended"), search: "suspended=true" },
  ];
}

/** A view that stays on the board when it is chosen there. */
function onBoard({ name, search }: View): View {
  return { name, search: search === "" ? "show=board" : `show=board&${search}` };
}

function filtersOf(t: TFunction, quarters: readonly string[], customers: readonly CustomerView[]): Filter[] {
  const choices = (schema: WordEnum) => words[schema].map((value) => ({ value, label: t(`enums:${schema}.${value}`) }));
  const me = [{ value: "me", label: t("releases:filter.me") }];
  return [
    { kind: "text", key: "q", label: t("releases:filter.q") },
    {
      kind: "choice",
      key: "stage",
      label: t("releases:column.stage"),
      multiple: true,
      options: choices("Stage"),
    },
    {
      kind: "choice",
      key: "kind",
      label: t("releases:column.kind"),
      multiple: true,
      options: choices("ReleaseKind"),
    },
    {
      kind: "choice",
      key: "verdict",
      label: t("releases:column.verdict"),
      multiple: true,
      options: choices("Verdict"),
    },
    { kind: "choice", key: "owner_id", label: t("releases:column.owner"), options: me },
    { kind: "choice", key: "member_id", label: t("releases:filter.member"), options: me },
    { kind: "days", key: "window", label: t("releases:column.window") },
    {
      kind: "choice",
      key: "quarter",
      label: t("releases:filter.quarter"),
      options: quarters.map((quarter) => ({ value: quarter, label: quarter })),
    },
    {
      kind: "choice",
      key: "customer_id",
      label: t("releases:column.customer"),
      options: [
        ...customers.map(({ id, name }) => ({ value: id, label: name })),
        { value: "none", label: t("releases:filter.noCustomer") },
      ],
    },
    { kind: "flag", key: "suspended", label: t("enums:ReleaseStatus.suspended") },
  ];
}

/** What the address says, as the API asks for it. A value that the API does not know is refused there, with its reason. */
function filterQuery(filters: FilterValues): ListReleasesData["query"] {
  const { window_from: from, window_to: to, ...others } = filters;
  const given = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== null));
  return {
    ...given,
    ...(typeof from === "string" && { window_from: dayStart(from) }),
    ...(typeof to === "string" && { window_to: dayEnd(to) }),
  };
}

function queryOf({ filters, sort, cursor, limit }: Ask): ListReleasesData["query"] {
  return { ...filterQuery(filters), sort, cursor, limit } as ListReleasesData["query"];
}

function columnsOf(t: TFunction): Column<ReleaseSummaryView>[] {
  return [
    { key: "number", title: t("releases:column.number"), sort: "number", fixed: true, render: numberLink },
    { key: "title", title: t("releases:column.title"), fixed: true, width: 260, render: ({ title }) => title },
    { key: "kind", title: t("releases:column.kind"), render: ({ kind }) => <KindTag kind={kind} /> },
    {
      key: "stage",
      title: t("releases:column.stage"),
      render: ({ stage, status }) => (
        <>
          {stage.name} <StatusTag status={status} />
        </>
      ),
    },
    { key: "owner", title: t("releases:column.owner"), render: ({ owner }) => owner?.name },
    { key: "customer", title: t("releases:column.customer"), render: ({ customer }) => customer?.name },
    {
      key: "window",
      title: t("releases:column.window"),
      sort: "window_start",
      render: ({ window }) => window && formatWindow(window.start, window.end),
    },
    {
      key: "verdict",
      title: t("releases:column.verdict"),
      render: ({ verdict }) => verdict && <VerdictTag verdict={verdict} />,
    },
    {
      key: "created_at",
      title: t("releases:column.created"),
      sort: "created_at",
      hidden: true,
      render: ({ created_at }) => formatShort(created_at),
    },
    {
      key: "imported",
      title: t("releases:column.imported"),
      hidden: true,
      render: ({ imported_number }) => imported_number,
    },
    { key: "system", title: t("releases:column.system"), hidden: true, render: ({ system }) => system },
  ];
}

function numberLink({ number }: ReleaseSummaryView): ReactElement {
  return (
    <Link to={paths.release(number)} style={{ whiteSpace: "nowrap" }}>
      {number}
    </Link>
  );
}

/** A release on a phone. */
function ReleaseCard({ release }: { release: ReleaseSummaryView }): ReactElement {
  return (
    <Card size="small">
      <Flex vertical gap={4}>
        <Flex justify="space-between" gap={8}>
          {numberLink(release)}
          <KindTag kind={release.kind} />
        </Flex>
        <Typography.Text strong>{release.title}</Typography.Text>
        <Flex gap={8} wrap>
          <span>{release.stage.name}</span>
          <StatusTag status={release.status} />
          {release.verdict && <VerdictTag verdict={release.verdict} />}
        </Flex>
        {release.window && (
          <Typography.Text type="secondary">{formatWindow(release.window.start, release.window.end)}</Typography.Text>
        )}
      </Flex>
    </Card>
  );
}
