import type { KpiView } from "@/api/generated/types.gen";
import { Table, Tag } from "antd";
import type { TFunction } from "i18next";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { FigureLink } from "./figure-link";

/** Whether the target was reached; nothing to say while nothing was judged. */
export function MetTag({ met }: { met: boolean | null }): ReactElement {
  const { t } = useTranslation();
  if (met === null) return <Tag>{t("reports:met.open")}</Tag>;
  return <Tag color={met ? "green" : "red"}>{t(met ? "reports:met.yes" : "reports:met.no")}</Tag>;
}

/** The figures of the chart, each leading to the releases behind it. */
export function QuartersTable({ kpis }: { kpis: readonly KpiView[] }): ReactElement {
  const { t } = useTranslation();
  return (
    <Table<KpiView>
      size="small"
      rowKey={({ quarter }) => quarter}
      dataSource={[...kpis].reverse()}
      columns={columnsOf(t)}
      pagination={false}
      scroll={{ x: "max-content" }}
    />
  );
}

function columnsOf(t: TFunction): NonNullable<Parameters<typeof Table<KpiView>>[0]["columns"]> {
  return [
    { key: "quarter", title: t("reports:column.quarter"), render: (_, { quarter }) => quarter },
    { key: "rate", title: t("reports:column.rate"), render: (_, { rate }) => rate.text },
    { key: "target", title: t("reports:column.target"), render: (_, { target }) => `≥ ${target.text}` },
    { key: "met", title: t("reports:column.met"), render: (_, { met }) => <MetTag met={met} /> },
    {
      key: "successes",
      title: t("reports:column.successes"),
      align: "end",
      render: (_, kpi) => (
        <FigureLink
          count={kpi.successes}
          href={kpi.successes_href}
          what={`${kpi.quarter} ${t("reports:column.successes")}`}
        />
      ),
    },
    {
      key: "total",
      title: t("reports:column.total"),
      align: "end",
      render: (_, kpi) => (
        <FigureLink count={kpi.total} href={kpi.total_href} what={`${kpi.quarter} ${t("reports:column.total")}`} />
      ),
    },
  ];
}
