import { ifMatch, useCommand } from "@/api/command";
import {
  listReportSendingsOptions,
  sendReportScheduleMutation,
  updateReportScheduleMutation,
  viewReportScheduleOptions,
} from "@/api/generated/@tanstack/react-query.gen";
import type { ReportScheduleView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { Page } from "@/ui/page";
import { Loaded, Nothing } from "@/ui/page-states";
import { PermittedButton } from "@/ui/permitted-button";
import { ProblemAlert } from "@/ui/problem-alert";
import { ReportsNav } from "@/ui/reports-nav";
import { Section } from "@/ui/section";
import { When } from "@/ui/when";
import { useQuery } from "@tanstack/react-query";
import { App, Descriptions, Flex, Tag, Typography } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { RegisterDialog } from "../register/register-dialog";
import { RemoveButton } from "../register/remove-button";
import { Preview } from "./preview";
import { ActiveTag, Rhythm } from "./schedule-words";
import { schedules } from "./schedules";

/** One arrangement: what it sends to whom, what it would send now, and what it has sent. */
export function Component(): ReactElement {
  const { id = "" } = useParams();
  const schedule = useQuery(viewReportScheduleOptions({ path: { id } }));
  return <Loaded query={schedule}>{(loaded) => <Schedule key={loaded.id} schedule={loaded} />}</Loaded>;
}

function Schedule({ schedule }: { schedule: ReportScheduleView }): ReactElement {
  const { t } = useTranslation();
  return (
    <Page
      title={schedule.name}
      subtitle={
        <Flex gap={8} wrap align="center" component="span">
          {t(`enums:ScheduledReport.${schedule.report}`)}
          <ActiveTag active={schedule.active} />
        </Flex>
      }
      extra={<Steps schedule={schedule} />}
    >
      <ReportsNav />
      <Facts schedule={schedule} />
      <Section title={t("schedules:preview.title")}>
        <Preview id={schedule.id} />
      </Section>
      <Section title={t("schedules:sendings.title")}>
        <Sendings id={schedule.id} />
      </Section>
    </Page>
  );
}

function Steps({ schedule }: { schedule: ReportScheduleView }): ReactElement {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const navigate = useNavigate();
  const [isEditing, setEditing] = useState(false);
  const update = useCommand(updateReportScheduleMutation());
  const send = useCommand(
    sendReportScheduleMutation(),
    ({ recipients }) => void message.info(t("schedules:send.done", { count: recipients.length })),
  );
  const { id, version, active, name, report, roles, users, minute, working_day } = schedule;
  const stated = { name, report, roles, users: users.map((person) => person.id), minute, working_day };
  return (
    <>
      <PermittedButton
        operation="send_report_schedule"
        loading={send.isPending}
        onClick={() =>
          void modal.confirm({
            title: t("schedules:send.title", { name }),
            content: t("schedules:send.advice"),
            okText: t("schedules:send.button"),
            cancelText: t("common:cancel"),
            onOk: () => send.mutate({ path: { id } }),
          })
        }
      >
        {t("schedules:send.button")}
      </PermittedButton>
      <PermittedButton operation="update_report_schedule" onClick={() => setEditing(true)}>
        {t("registers:edit")}
      </PermittedButton>
      <PermittedButton
        operation="update_report_schedule"
        loading={update.isPending}
        onClick={() => update.mutate({ path: { id }, headers: ifMatch(version), body: { ...stated, active: !active } })}
      >
        {t(active ? "schedules:pause" : "schedules:resume")}
      </PermittedButton>
      <RemoveButton
        register={schedules}
        record={schedule}
        onRemoved={() => void navigate(paths.schedules, { replace: true })}
      />
      <ProblemAlert error={update.error ?? send.error} />
      {isEditing && <RegisterDialog register={schedules} record={schedule} onClose={() => setEditing(false)} />}
    </>
  );
}

function Facts({ schedule }: { schedule: ReportScheduleView }): ReactElement {
  const { t } = useTranslation();
  const names = (people: ReportScheduleView["users"]) =>
    people.length === 0 ? t("registers:none") : people.map(({ name }) => name).join(t("common:listSeparator"));
  return (
    <Section title={t("schedules:facts")}>
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: "when", label: t("schedules:when"), children: <Rhythm of={schedule} /> },
          {
            key: "roles",
            label: t("records:schedule.roles"),
            children:
              schedule.roles.length === 0 ? (
                t("registers:none")
              ) : (
                <Flex gap={4} wrap>
                  {schedule.roles.map((role) => (
                    <Tag key={role} style={{ margin: 0 }}>
                      {t(`enums:Role.${role}`)}
                    </Tag>
                  ))}
                </Flex>
              ),
          },
          { key: "users", label: t("records:schedule.users"), children: names(schedule.users) },
          { key: "recipients", label: t("schedules:today"), children: names(schedule.recipients) },
        ]}
      />
    </Section>
  );
}

/** What it has sent, newest first, as far back as the API tells. */
function Sendings({ id }: { id: string }): ReactElement {
  const { t } = useTranslation();
  const sendings = useQuery(listReportSendingsOptions({ path: { id } }));
  return (
    <Loaded query={sendings} rows={4}>
      {({ items }) =>
        items.length === 0 ? (
          <Nothing text={t("schedules:sendings.nothing")} />
        ) : (
          <ul className="fabu-plain-list">
            {items.map(({ slot, sent_at, recipients }) => (
              <li key={slot}>
                <Flex gap={8} wrap align="baseline">
                  <strong>{slot}</strong>
                  <When at={sent_at} />
                </Flex>
                <Typography.Text type="secondary">
                  {recipients.map(({ name }) => name).join(t("common:listSeparator"))}
                </Typography.Text>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}
