import { listKpiQuartersOptions, viewKpiOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { KpiView } from "@/api/generated/types.gen";
import { apiListPage } from "@/lib/api-page";
import { currentQuarter } from "@/lib/time";
import { Failed, Loaded, Loading, Nothing } from "@/ui/page-states";
import { Page } from "@/ui/page";
import { Clause } from "@/ui/reasons";
import { ReportsNav } from "@/ui/reports-nav";
import { Section } from "@/ui/section";
import { useQueries, useQuery } from "@tanstack/react-query";
import { Segmented, Typography } from "antd";
import { parseAsString, useQueryState } from "nuqs";
import { useMemo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { QuarterFigures } from "./quarter-figures";
import { QuartersTable } from "./quarters-table";
import { RateChart } from "./rate-chart";
import { VerdictChart } from "./verdict-chart";

/** How many quarters are drawn: two years. */
const shown = 8;

/** The success rate against the target, quarter by quarter, and what is behind every figure (8, 10). */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const quarters = useQuery(listKpiQuartersOptions());
  return (
    <Page title={t("reports:title")} subtitle={t("reports:subtitle")}>
      <ReportsNav />
      <Loaded query={quarters}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing text={t("reports:nothing")} />
          ) : (
            <Quarters
              quarters={items
                .map(({ quarter }) => quarter)
                .toSorted()
                .slice(-shown)}
            />
          )
        }
      </Loaded>
    </Page>
  );
}

function Quarters({ quarters }: { quarters: string[] }): ReactElement {
  const { t } = useTranslation();
  const [asked, setAsked] = useQueryState("quarter", parseAsString.withOptions({ history: "push" }));
  const { kpis, error } = useQueries({
    queries: quarters.map((quarter) => viewKpiOptions({ path: { quarter } })),
    combine: (answers) => ({
      kpis: answers.flatMap(({ data }) => (data === undefined ? [] : [data])),
      error: answers.find((answer) => answer.error !== null)?.error ?? null,
    }),
  });
  const bars = useMemo(() => kpis.map((kpi) => ({ ...kpi, to: apiListPage(kpi.total_href) })), [kpis]);
  if (error !== null) return <Failed error={error} />;
  if (kpis.length < quarters.length) return <Loading rows={10} />;
  const chosen = kpis.find(({ quarter }) => quarter === asked) ?? kpis.at(-1);
  return (
    <>
      <Section title={t("reports:rate.title")} extra={<Clause clause="10" />}>
        <RateChart bars={bars} />
        <QuartersTable kpis={kpis} />
      </Section>
      <Section title={t("reports:verdicts.title")}>
        <VerdictChart kpis={kpis} />
      </Section>
      {chosen && (
        <Section title={t("reports:quarter.title", { quarter: chosen.quarter })}>
          <Segmented
            aria-label={t("reports:quarter.choose")}
            options={kpis.map(({ quarter }) => ({
              value: quarter,
              label: quarter === currentQuarter() ? t("reports:quarter.present", { quarter }) : quarter,
            }))}
            value={chosen.quarter}
            onChange={(quarter) => void setAsked(quarter)}
            style={{ marginBlockEnd: 12, maxWidth: "100%", overflowX: "auto" }}
          />
          <QuarterFigures kpi={chosen} />
          <Rules kpi={chosen} />
        </Section>
      )}
    </>
  );
}

function Rules({ kpi }: { kpi: KpiView }): ReactElement {
  const { t } = useTranslation();
  return (
    <Typography.Paragraph type="secondary" style={{ marginBlock: "12px 0" }}>
      {t("reports:rules")}
      {t("common:colon")}
      {kpi.rules}
    </Typography.Paragraph>
  );
}
