import { currentLanguage } from "@/lib/language";
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef, type ReactElement, type RefObject } from "react";
import type { ChartProps } from "./chart";

echarts.use([
  AriaComponent,
  BarChart,
  GridComponent,
  LegendComponent,
  LineChart,
  MarkLineComponent,
  SVGRenderer,
  TooltipComponent,
]);

/** Draws into an element, follows its size, and clears away. */
function useChart({ option, onPick }: ChartProps): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<echarts.ECharts>(undefined);
  const locale = currentLanguage() === "zh-CN" ? "ZH" : "EN";
  useEffect(() => {
    if (element.current === null) return;
    const drawn = echarts.init(element.current, null, { renderer: "svg", locale });
    chart.current = drawn;
    const size = new ResizeObserver(() => {
      drawn.resize();
      // Paper is narrower than the screen, and nothing is drawn anew for it: the picture is made smaller.
      const box = `0 0 ${drawn.getWidth()} ${drawn.getHeight()}`;
      drawn.getDom().querySelector("svg")?.setAttribute("viewBox", box);
    });
    size.observe(element.current);
    return () => {
      size.disconnect();
      drawn.dispose();
    };
  }, [locale]);
  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true });
  }, [option, locale]);
  useEffect(() => {
    const drawn = chart.current;
    const pick = ({ dataIndex, seriesIndex }: { dataIndex: number; seriesIndex?: number }) =>
      onPick?.(dataIndex, seriesIndex ?? 0);
    drawn?.on("click", pick);
    return () => {
      if (drawn?.isDisposed() === false) drawn.off("click", pick);
    };
  }, [onPick, locale]);
  return element;
}

export function Chart(props: ChartProps): ReactElement {
  const element = useChart(props);
  return (
    <div ref={element} role="img" aria-label={props.label} style={{ height: props.height ?? 280, width: "100%" }} />
  );
}
