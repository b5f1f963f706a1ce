import {
  createReportScheduleMutation,
  deleteReportScheduleMutation,
  listReportSchedulesOptions,
  updateReportScheduleMutation,
} from "@/api/generated/@tanstack/react-query.gen";
import type { ReportScheduleView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { ReportsNav } from "@/ui/reports-nav";
import { Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { register } from "../register/register";
import { RegisterPage } from "../register/register-page";
import { ActiveTag, Rhythm } from "./schedule-words";

export const schedules = register({
  kind: "schedule",
  list: listReportSchedulesOptions,
  create: createReportScheduleMutation,
  update: updateReportScheduleMutation,
  remove: deleteReportScheduleMutation,
  page: paths.schedule,
  defaults: () => ({ report: "daily_digest", minute: "08:40", working_day: 1 }),
  isAsked: { working_day: ({ report }) => report === "quarterly_report" },
  cells: { active: ({ active }) => <ActiveTag active={active} /> },
  unlisted: ["roles", "users", "minute", "working_day"],
  columns: (t) => [
    { key: "when", title: t("schedules:when"), render: (schedule) => <Rhythm of={schedule} /> },
    { key: "readers", title: t("schedules:recipients"), render: (schedule) => <Readers of={schedule} /> },
  ],
  Nav: ReportsNav,
  removal: { advice: "schedules:deleteAdvice" },
});

/** Which reports go out by themselves: to whom and when. */
export function Component(): ReactElement {
  return <RegisterPage register={schedules} />;
}

function Readers({ of: { recipients } }: { of: ReportScheduleView }): ReactElement {
  const { t } = useTranslation();
  if (recipients.length === 0) return <Typography.Text type="warning">{t("schedules:nobody")}</Typography.Text>;
  return <>{t("schedules:readers", { count: recipients.length })}</>;
}
