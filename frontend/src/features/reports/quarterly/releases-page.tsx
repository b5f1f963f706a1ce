import { listReportedReleasesOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { CountedRelease } from "@/api/generated/types.gen";
import { words } from "@/api/words";
import { paths } from "@/lib/paths";
import { formatShort } from "@/lib/time";
import type { Column } from "@/ui/list-page/columns";
import type { Filter } from "@/ui/list-page/filters";
import { ListPage } from "@/ui/list-page/list-page";
import { plainQuery } from "@/ui/list-page/plain-query";
import { Page } from "@/ui/page";
import { KindTag, VerdictTag } from "@/procedure/release-tags";
import { ReportsNav } from "@/ui/reports-nav";
import { Card, Flex, Typography } from "antd";
import type { TFunction } from "i18next";
import { parseAsInteger, useQueryState } from "nuqs";
import { useMemo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

/** The releases behind a figure of a report, as they were counted when it was approved. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const { quarter = "" } = useParams();
  const [revision] = useQueryState("revision", parseAsInteger);
  const filters = useMemo(() => filtersOf(t), [t]);
  const columns = useMemo(() => columnsOf(t), [t]);
  return (
    <Page
      title={t("quarterly:releases.title", { quarter })}
      subtitle={
        <Link to={paths.quarterlyReport(quarter, revision ?? undefined)}>
          {t("quarterly:titleOf", { quarter })}
          {revision !== null && ` ${t("procedure:revision", { n: revision })}`}
        </Link>
      }
    >
      <ReportsNav />
      <ListPage
        name="reported-releases"
        filters={filters}
        columns={columns}
        query={(ask) =>
          listReportedReleasesOptions({
            path: { quarter },
            // A value that the API does not know is refused there, with its reason.
            query: { ...plainQuery(ask), ...(revision !== null && { revision }) },
          })
        }
        rowKey={({ number }) => number}
        card={(release) => <ReleaseCard release={release} />}
        nothing={{ text: t("quarterly:releases.nothing") }}
      />
    </Page>
  );
}

function filtersOf(t: TFunction): Filter[] {
  return [
    {
      kind: "choice",
      key: "kind",
      label: t("releases:column.kind"),
      options: words.ReleaseKind.map((value) => ({ value, label: t(`enums:ReleaseKind.${value}`) })),
    },
    {
      kind: "choice",
      key: "verdict",
      label: t("releases:column.verdict"),
      options: words.Verdict.map((value) => ({ value, label: t(`enums:Verdict.${value}`) })),
    },
    { kind: "text", key: "customer", label: t("releases:column.customer") },
    { kind: "text", key: "system", label: t("releases:column.system") },
  ];
}

function columnsOf(t: TFunction): Column<CountedRelease>[] {
  return [
    {
      key: "number",
      title: t("releases:column.number"),
      fixed: true,
      render: ({ number }) => (
        <Link to={paths.release(number)} style={{ whiteSpace: "nowrap" }}>
          {number}
        </Link>
      ),
    },
    { key: "title", title: t("releases:column.title"), fixed: true, width: 320, render: ({ title }) => title },
    { key: "kind", title: t("releases:column.kind"), render: ({ kind }) => <KindTag kind={kind} /> },
    {
      key: "verdict",
      title: t("releases:column.verdict"),
      render: ({ verdict }) => <VerdictTag verdict={verdict} />,
    },
    { key: "judged", title: t("quarterly:releases.judgedAt"), render: ({ judged_at }) => formatShort(judged_at) },
    { key: "customer", title: t("releases:column.customer"), render: ({ customer }) => customer },
    {
      key: "systems",
      title: t("releases:column.system"),
      render: ({ systems }) => systems.join(t("common:listSeparator")),
    },
  ];
}

function ReleaseCard({ release }: { release: CountedRelease }): ReactElement {
  return (
    <Card size="small">
      <Flex vertical gap={4}>
        <Flex justify="space-between" gap={8}>
          <Link to={paths.release(release.number)}>{release.number}</Link>
          <VerdictTag verdict={release.verdict} />
        </Flex>
        <Typography.Text strong>{release.title}</Typography.Text>
        <Flex gap={8} wrap>
          <KindTag kind={release.kind} />
          <Typography.Text type="secondary">{release.customer}</Typography.Text>
        </Flex>
      </Flex>
    </Card>
  );
}
