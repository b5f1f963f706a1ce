import type { Attainment, ReportState } from "@/api/generated/types.gen";
import { Tag } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

const stateColors: Record<ReportState, string> = { draft: "blue", submitted: "gold", approved: "green" };
const attainmentColors: Record<Attainment, string> = { met: "green", missed: "red", not_applicable: "default" };

/** Where a report stands. */
export function ReportStateTag({ state }: { state: ReportState }): ReactElement {
  const { t } = useTranslation();
  return <Tag color={stateColors[state]}>{t(`enums:ReportState.${state}`)}</Tag>;
}

/** Whether the target of the quarter was reached. */
export function AttainmentTag({ attainment }: { attainment: Attainment }): ReactElement {
  const { t } = useTranslation();
  return <Tag color={attainmentColors[attainment]}>{t(`enums:Attainment.${attainment}`)}</Tag>;
}
