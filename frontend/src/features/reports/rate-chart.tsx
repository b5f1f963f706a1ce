import type { KpiView } from "@/api/generated/types.gen";
import { apiListPage } from "@/lib/api-page";
import { Chart } from "@/ui/chart/chart";
import { theme } from "antd";
import { useMemo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

/** The share of successful releases by quarter, with the line that is to be reached. */
export function RateChart({ kpis }: { kpis: readonly KpiView[] }): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { token } = theme.useToken();
  const target = kpis.at(-1)?.target;
  const option = useMemo(() => {
    const line = target === undefined ? undefined : percent(target);
    const color = (met: boolean | null) => (met === false ? token.colorError : token.colorPrimary);
    return {
      aria: { enabled: false },
      animation: false,
      textStyle: { fontFamily: token.fontFamily },
      grid: { left: 44, right: 60, top: 24, bottom: 28 },
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
        min: 0,
        max: 100,
        axisLabel: { color: token.colorText, formatter: "{value} %" },
        splitLine: { lineStyle: { color: token.colorBorderSecondary } },
      },
      series: [
        {
          type: "bar",
          name: t("reports:rate.series"),
          barMaxWidth: 56,
          data: kpis.map((kpi) => ({
            value: kpi.rate.denominator === 0 ? null : percent(kpi.rate),
            itemStyle: { color: color(kpi.met) },
          })),
          label: {
            show: true,
            position: "top",
            color: token.colorText,
            formatter: ({ dataIndex }: { dataIndex: number }) => kpis[dataIndex]?.rate.percent ?? "",
          },
          tooltip: { valueFormatter: (_: unknown, index: number) => kpis[index]?.rate.text ?? "" },
          ...(line !== undefined && {
            markLine: {
              silent: true,
              symbol: "none",
              lineStyle: { color: token.colorWarning, type: "dashed" },
              label: { color: token.colorText, formatter: `≥ ${target?.text ?? ""}` },
              data: [{ yAxis: line }],
            },
          }),
        },
      ],
    };
  }, [kpis, target, token, t]);
  const words = kpis.map(({ quarter, rate }) => `${quarter} ${rate.text}`).join(t("common:listSeparator"));
  return (
    <Chart
      option={option}
      label={t("reports:rate.label", { words, target: target?.text ?? "" })}
      onPick={(index) => {
        const kpi = kpis[index];
        if (kpi !== undefined) void navigate(apiListPage(kpi.total_href));
      }}
    />
  );
}

/** For drawing only: what people read is the API's own text. */
function percent({ numerator, denominator }: { numerator: number; denominator: number }): number {
  return (100 * numerator) / denominator;
}
