import { Loading } from "@/ui/page-states";
import type { EChartsCoreOption } from "echarts/core";
import { lazy, Suspense, type ReactElement } from "react";

export interface ChartProps {
  /** What is drawn; give the same object as long as nothing changes. */
  option: EChartsCoreOption;
  /** What the picture says, in words with its figures, for those who do not see it. */
  label: string;
  height?: number;
  /** A bar was pressed: the same must be reachable by a link beside the picture. */
  onPick?: (dataIndex: number, seriesIndex: number) => void;
}

const Drawn = lazy(async () => ({ default: (await import("./charts")).Chart }));

/** A chart; the code that draws it is loaded with the first one. */
export function Chart(props: ChartProps): ReactElement {
  return (
    <Suspense fallback={<Loading rows={6} />}>
      <Drawn {...props} />
    </Suspense>
  );
}
