import type { KpiView } from "@/api/generated/types.gen";
import { Col, Flex, Row, Table, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { FigureLink } from "./figure-link";
import { MetTag } from "./quarters-table";

export interface Figure {
  name: string;
  count: number;
  /** Nothing where it would say the same as the name. */
  successes?: number;
  href: string;
}

/** One quarter: the exact fraction, and its releases by verdict, kind and customer. */
export function QuarterFigures({ kpi }: { kpi: KpiView }): ReactElement {
  const { t } = useTranslation();
  return (
    <Flex vertical gap={16}>
      <Flex align="baseline" gap={12} wrap>
        <Typography.Text strong style={{ fontSize: 26 }}>
          {kpi.rate.percent ?? t("reports:met.open")}
        </Typography.Text>
        <Typography.Text type="secondary">
          {kpi.rate.numerator}/{kpi.rate.denominator} · {t("reports:column.target")} ≥ {kpi.target.text}
        </Typography.Text>
        <MetTag met={kpi.met} />
      </Flex>
      {kpi.forecast && (
        <Typography.Text type={kpi.forecast.out_of_reach ? "danger" : "secondary"}>
          {kpi.forecast.statement}
        </Typography.Text>
      )}
      <Row gutter={[16, 16]}>
        <Figures
          title={t("reports:by.verdict")}
          quarter={kpi.quarter}
          rows={kpi.by_verdict.map(({ verdict, count, href }) => ({
            name: t(`enums:Verdict.${verdict}`),
            count,
            href,
          }))}
        />
        <Figures
          title={t("reports:by.kind")}
          quarter={kpi.quarter}
          rows={kpi.by_kind.map(({ kind, ...row }) => ({ ...row, name: t(`enums:ReleaseKind.${kind}`) }))}
        />
        <Figures title={t("reports:by.customer")} quarter={kpi.quarter} rows={kpi.by_customer} />
      </Row>
    </Flex>
  );
}

interface FiguresProps {
  title: string;
  quarter: string;
  rows: Figure[];
  /** How many of the 24 columns it takes on a desk. */
  span?: number;
}

/** How many releases of each group, each figure leading to its releases; one of a row of tables. */
export function Figures({ title, quarter, rows, span = 8 }: FiguresProps): ReactElement {
  const { t } = useTranslation();
  const hasSuccesses = rows.some(({ successes }) => successes !== undefined);
  return (
    <Col xs={24} lg={span}>
      <Table<Figure>
        size="small"
        rowKey={({ href }) => href}
        dataSource={rows}
        pagination={false}
        locale={{ emptyText: t("reports:noneInQuarter") }}
        columns={[
          { key: "name", title, render: (_, { name }) => name },
          {
            key: "count",
            title: t("reports:column.total"),
            align: "end",
            render: (_, { name, count, href }) => <FigureLink count={count} href={href} what={`${quarter} ${name}`} />,
          },
          ...(hasSuccesses
            ? [
                {
                  key: "successes",
                  title: t("reports:column.successes"),
                  align: "end" as const,
                  render: (_: unknown, { name, successes = 0, href }: Figure) => (
                    <FigureLink
                      count={successes}
                      href={`${href}&verdict=successful`}
                      what={`${quarter} ${name} ${t("reports:column.successes")}`}
                    />
                  ),
                },
              ]
            : []),
        ]}
      />
    </Col>
  );
}
