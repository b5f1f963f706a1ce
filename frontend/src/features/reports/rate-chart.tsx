import type { KpiView } from "@/api/generated/types.gen";
import { Chart } from "@/ui/chart/chart";
import { theme } from "antd";
import { useMemo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

/** A bar: a quarter with its rate, and the page on which its releases are listed. */
export interface RateBar extends Pick<KpiView, "quarter" | "rate" | "target" | "met"> {
  to: string;
}

/** The share of successful releases by quarter, with the line that is to be reached. Give the same list while nothing changes. */
export function RateChart({ bars }: { bars: readonly RateBar[] }): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { token } = theme.useToken();
  const target = bars.at(-1)?.target;
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
        data: bars.map(({ quarter }) => quarter),
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
          data: bars.map((bar) => ({
            value: bar.rate.denominator === 0 ? null : percent(bar.rate),
            itemStyle: { color: color(bar.met) },
          })),
          label: {
            show: true,
            position: "top",
            color: token.colorText,
            formatter: ({ dataIndex }: { dataIndex: number }) => bars[dataIndex]?.rate.percent ?? "",
          },
          tooltip: { valueFormatter: (_: unknown, index: number) => bars[index]?.rate.text ?? "" },
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
  }, [bars, target, token, t]);
  const words = bars.map(({ quarter, rate }) => `${quarter} ${rate.text}`).join(t("common:listSeparator"));
  return (
    <Chart
      option={option}
      label={t("reports:rate.label", { words, target: target?.text ?? "" })}
      onPick={(index) => {
        const bar = bars[index];
        if (bar !== undefined) void navigate(bar.to);
      }}
    />
  );
}

/** For drawing only: what people read is the API's own text. */
function percent({ numerator, denominator }: { numerator: number; denominator: number }): number {
  return (100 * numerator) / denominator;
}
