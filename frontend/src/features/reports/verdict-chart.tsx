import type { KpiView, Verdict } from "@/api/generated/types.gen";
import { apiListPage } from "@/lib/api-page";
import { Chart } from "@/ui/chart/chart";
import { theme } from "antd";
import { useMemo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

const verdicts: Verdict[] = ["successful", "partial", "rolled_back", "failed"];

/** How many releases of each quarter ended how. */
export function VerdictChart({ kpis }: { kpis: readonly KpiView[] }): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { token } = theme.useToken();
  const option = useMemo(() => {
    const colors: Record<Verdict, string> = {
      successful: token.colorPrimary,
      partial: token.gold6,
      rolled_back: token.orange6,
      failed: token.colorError,
    };
    return {
      aria: { enabled: false, decal: { show: true } },
      animation: false,
      textStyle: { fontFamily: token.fontFamily },
      grid: { left: 44, right: 16, top: 40, bottom: 28 },
      legend: { type: "scroll", top: 0, textStyle: { color: token.colorText } },
      tooltip: {
        trigger: "axis",
        axisPointer: { type: "shadow" },
        backgroundColor: token.colorBgElevated,
        textStyle: { color: token.colorText },
      },
      xAxis: {
        type: "category",
        data: kpis.map(({ quarter }) => quarter),
        axisLabel: { color: token.colorText },
        axisLine: { lineStyle: { color: token.colorBorder } },
      },
      yAxis: {
        type: "value",
        minInterval: 1,
        axisLabel: { color: token.colorText },
        splitLine: { lineStyle: { color: token.colorBorderSecondary } },
      },
      series: verdicts.map((verdict) => ({
        type: "bar",
        stack: "verdicts",
        barMaxWidth: 56,
        name: t(`enums:Verdict.${verdict}`),
        itemStyle: { color: colors[verdict] },
        data: kpis.map((kpi) => countOf(kpi, verdict)?.count ?? 0),
      })),
    };
  }, [kpis, token, t]);
  const words = kpis
    .map(
      (kpi) =>
        `${kpi.quarter} ${verdicts
          .map((verdict) => `${t(`enums:Verdict.${verdict}`)} ${countOf(kpi, verdict)?.count ?? 0}`)
          .join(" ")}`,
    )
    .join(t("common:listSeparator"));
  return (
    <Chart
      option={option}
      label={t("reports:verdicts.label", { words })}
      height={240}
      onPick={(index, series) => {
        const [kpi, verdict] = [kpis[index], verdicts[series]];
        const href = kpi && verdict && countOf(kpi, verdict)?.href;
        if (href !== undefined) void navigate(apiListPage(href));
      }}
    />
  );
}

function countOf(kpi: KpiView, verdict: Verdict): KpiView["by_verdict"][number] | undefined {
  return kpi.by_verdict.find((row) => row.verdict === verdict);
}
