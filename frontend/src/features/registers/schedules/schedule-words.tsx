import type { ReportScheduleView } from "@/api/generated/types.gen";
import { formatMinute } from "@/lib/time";
import { Tag } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** Whether an arrangement sends, or rests. */
export function ActiveTag({ active }: { active: boolean }): ReactElement {
  const { t } = useTranslation();
  return <Tag color={active ? "green" : "default"}>{t(active ? "schedules:active" : "schedules:paused")}</Tag>;
}

/** When an arrangement sends, in words. */
export function Rhythm({ of: { report, minute, working_day: day } }: { of: ReportScheduleView }): ReactElement {
  const { t } = useTranslation();
  return report === "daily_digest" ? (
    <>{t("schedules:rhythm.daily_digest", { time: formatMinute(minute) })}</>
  ) : (
    <>{t("schedules:rhythm.quarterly_report", { day, time: formatMinute(minute) })}</>
  );
}
