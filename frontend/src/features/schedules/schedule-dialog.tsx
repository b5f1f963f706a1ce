import { words } from "@/api/words";
import { ifMatch, useCommand } from "@/api/command";
import { createReportScheduleMutation, updateReportScheduleMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { ReportScheduleRequest, ReportScheduleView, Role, ScheduledReport } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { formatMinute, minuteOf } from "@/lib/time";
import { FormDialog } from "@/ui/form/form-dialog";
import { PeopleSelect } from "@/ui/form/person-select";
import { TimeField } from "@/ui/form/time-field";
import { Form, Input, InputNumber, Radio, Select } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

const reports: readonly ScheduledReport[] = ["daily_digest", "quarterly_report"];

interface Fields {
  name: string;
  report: ScheduledReport;
  roles: Role[];
  users: string[];
  /** `08:40`. */
  minute: string;
  working_day: number;
}

/** What people state of an arrangement, from the form. */
function requestOf({ minute, ...fields }: Fields, active: boolean): ReportScheduleRequest {
  return { ...fields, minute: minuteOf(minute), active };
}

interface Props {
  /** The arrangement to correct; none to add another. */
  schedule?: ReportScheduleView;
  onClose: () => void;
}

/** Arranges that a report is sent: which, to whom, when. */
export function ScheduleDialog({ schedule, onClose }: Props): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [form] = Form.useForm<Fields>();
  const create = useCommand(createReportScheduleMutation(), ({ id }) => {
    onClose();
    void navigate(paths.schedule(id));
  });
  const update = useCommand(updateReportScheduleMutation(), onClose);
  const report = Form.useWatch("report", form);
  const needed = { required: true, message: t("common:required") };
  const send = (fields: Fields) => {
    const body = requestOf(fields, schedule?.active ?? true);
    if (schedule === undefined) create.mutate({ body });
    else update.mutate({ path: { id: schedule.id }, headers: ifMatch(schedule.version), body });
  };
  return (
    <FormDialog<Fields>
      title={schedule === undefined ? t("schedules:add") : t("schedules:edit", { name: schedule.name })}
      form={form}
      initialValues={
        schedule === undefined
          ? { report: "daily_digest", roles: [], users: [], minute: "08:40", working_day: 1 }
          : { ...schedule, users: schedule.users.map(({ id }) => id), minute: formatMinute(schedule.minute) }
      }
      send={t("common:save")}
      onSend={send}
      onClose={onClose}
      isPending={create.isPending || update.isPending}
      error={create.error ?? update.error}
      fields={["/name", "/report", "/roles", "/users", "/minute", "/working_day"]}
    >
      <Form.Item name="name" label={t("schedules:name")} rules={[{ ...needed, whitespace: true }]}>
        <Input maxLength={100} autoFocus />
      </Form.Item>
      <Form.Item name="report" label={t("schedules:report")} rules={[needed]}>
        <Radio.Group
          options={reports.map((value) => ({ value, label: t(`enums:ScheduledReport.${value}`) }))}
          style={{ display: "flex", flexWrap: "wrap" }}
        />
      </Form.Item>
      <Form.Item name="roles" label={t("schedules:roles")} extra={t("schedules:rolesRule")}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: "label" }}
          options={words.Role.map((value) => ({ value, label: t(`enums:Role.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="users" label={t("schedules:users")}>
        <PeopleSelect />
      </Form.Item>
      <Form.Item name="minute" label={t("schedules:time")} extra={t("schedules:timeRule")} rules={[needed]}>
        <TimeField />
      </Form.Item>
      <Form.Item
        name="working_day"
        label={t("schedules:workingDay")}
        extra={t("schedules:workingDayRule")}
        rules={[needed]}
        hidden={report !== "quarterly_report"}
      >
        <InputNumber min={1} max={60} precision={0} style={{ width: "100%" }} />
      </Form.Item>
    </FormDialog>
  );
}
