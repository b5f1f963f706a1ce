import type { QuarterlyReportView } from "@/api/generated/types.gen";
import { apiListPage } from "@/lib/api-page";
import { paths } from "@/lib/paths";
import { Clause } from "@/ui/reasons";
import { Section } from "@/ui/section";
import { When } from "@/ui/when";
import { Flex, Table, Typography } from "antd";
import { useMemo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { FigureLink } from "../figure-link";
import { MetTag } from "../quarters-table";
import { RateChart, type RateBar } from "../rate-chart";
import { AttainmentTag } from "./tags";

/** The rate as an exact fraction against the target of the quarter, the four quarters before, and how it is counted (10). */
export function RatePart({ report: { quarter, figures } }: { report: QuarterlyReportView }): ReactElement {
  const { t } = useTranslation();
  const bars = useMemo(() => barsOf(quarter, figures), [quarter, figures]);
  return (
    <>
      <Section title={t("quarterly:rate.title")} extra={<Clause clause="10" />}>
        <Flex vertical gap={12}>
          <Flex align="baseline" gap={12} wrap>
            <Typography.Text strong style={{ fontSize: 26 }}>
              {figures.rate.percent ?? t("reports:met.open")}
            </Typography.Text>
            <span className="fabu-underlined-links">
              <FigureLink
                count={figures.successes}
                href={`${figures.releases_href}&verdict=successful`}
                what={`${quarter} ${t("reports:column.successes")}`}
              />
              {" / "}
              <FigureLink
                count={figures.total}
                href={figures.releases_href}
                what={`${quarter} ${t("reports:column.total")}`}
              />
              {" · "}
              {t("reports:column.target")} ≥ {figures.target.text}
            </span>
            <AttainmentTag attainment={figures.attainment} />
          </Flex>
          <Typography.Paragraph style={{ margin: 0 }}>{figures.statement}</Typography.Paragraph>
          <Typography.Text type="secondary">
            {t("quarterly:rate.countedAt")}
            {t("common:colon")}
            <When at={figures.counted_at} />
          </Typography.Text>
          <div>
            <strong>{t("reports:rules")}</strong>
            <ol className="fabu-rows">
              {figures.rules.map((rule) => (
                <li key={rule}>{rule}</li>
              ))}
            </ol>
          </div>
        </Flex>
      </Section>
      <Section title={t("quarterly:rate.compared")} extra={<Clause clause="6" />}>
        <RateChart bars={bars} />
        <Quarters bars={bars} />
      </Section>
    </>
  );
}

/** The quarters before, oldest first, and this one. */
function barsOf(
  quarter: string,
  { previous, rate, target, attainment, releases_href }: QuarterlyReportView["figures"],
) {
  const met = attainment === "not_applicable" ? null : attainment === "met";
  const before: RateBar[] = previous.map((bar) => ({ ...bar, to: paths.quarterlyReport(bar.quarter) }));
  return [...before, { quarter, rate, target, met, to: apiListPage(releases_href) }];
}

function Quarters({ bars }: { bars: readonly RateBar[] }): ReactElement {
  const { t } = useTranslation();
  return (
    <Table<RateBar>
      size="small"
      rowKey={({ quarter }) => quarter}
      dataSource={[...bars].reverse()}
      pagination={false}
      scroll={{ x: "max-content" }}
      columns={[
        {
          key: "quarter",
          title: t("reports:column.quarter"),
          render: (_, { quarter, to }) => <Link to={to}>{quarter}</Link>,
        },
        { key: "rate", title: t("reports:column.rate"), render: (_, { rate }) => rate.text },
        { key: "target", title: t("reports:column.target"), render: (_, { target }) => `≥ ${target.text}` },
        { key: "met", title: t("reports:column.met"), render: (_, { met }) => <MetTag met={met} /> },
      ]}
    />
  );
}
