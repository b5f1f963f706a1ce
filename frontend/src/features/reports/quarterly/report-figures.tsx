import type { QuarterlyReportView, SupplementaryView, TallyView } from "@/api/generated/types.gen";
import { Clause } from "@/ui/reasons";
import { Section } from "@/ui/section";
import { Row, Table, Typography } from "antd";
import type { TFunction } from "i18next";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Figures, type Figure } from "../quarter-figures";

/** The figures of the quarter by group (5.11), and the supplementary ones (10d). */
export function ReportFigures({ report: { quarter, figures } }: { report: QuarterlyReportView }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <Section title={t("quarterly:figures.title")} extra={<Clause clause="6" />}>
        <Row gutter={[16, 16]}>
          <Figures
            title={t("reports:by.kind")}
            quarter={quarter}
            rows={figures.by_kind.map(named(t, "ReleaseKind"))}
            span={12}
          />
          {/* Of a verdict the number of successes says nothing. */}
          <Figures
            title={t("reports:by.verdict")}
            quarter={quarter}
            rows={figures.by_verdict.map(named(t, "Verdict")).map(plain)}
            span={12}
          />
          <Figures title={t("reports:by.customer")} quarter={quarter} rows={figures.by_customer} span={12} />
          <Figures title={t("quarterly:figures.bySystem")} quarter={quarter} rows={figures.by_system} span={12} />
        </Row>
      </Section>
      <Section title={t("quarterly:supplementary.title")} extra={<Clause clause="10" />}>
        <Typography.Paragraph type="secondary">{t("quarterly:supplementary.advice")}</Typography.Paragraph>
        <Table<SupplementaryView>
          size="small"
          rowKey={({ code }) => code}
          dataSource={figures.supplementary}
          pagination={false}
          columns={[
            { key: "name", title: t("quarterly:supplementary.name"), render: (_, { name }) => name },
            {
              key: "share",
              title: t("quarterly:supplementary.share"),
              align: "end",
              render: (_, { part, whole }) => (whole === 0 ? t("quarterly:supplementary.none") : `${part}/${whole}`),
            },
          ]}
        />
      </Section>
    </>
  );
}

/** The API groups by its own words here. */
function named(t: TFunction, schema: string): (row: TallyView) => TallyView {
  return (row) => ({ ...row, name: t(`enums:${schema}.${row.name}`, { defaultValue: row.name }) });
}

function plain({ name, count, href }: TallyView): Figure {
  return { name, count, href };
}
