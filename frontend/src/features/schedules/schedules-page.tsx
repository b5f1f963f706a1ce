import { listReportSchedulesOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { ReportScheduleView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { Page } from "@/ui/page";
import { Loaded, Nothing } from "@/ui/page-states";
import { PermittedButton } from "@/ui/permitted-button";
import { ReportsNav } from "@/ui/reports-nav";
import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Card, Flex, Grid, Table, Typography } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ScheduleDialog } from "./schedule-dialog";
import { ActiveTag, useRhythm } from "./schedule-words";

/** Which reports go out by themselves: to whom and when. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const [isAdding, setAdding] = useState(false);
  const schedules = useQuery(listReportSchedulesOptions());
  return (
    <Page
      title={t("schedules:title")}
      subtitle={t("schedules:subtitle")}
      extra={
        <PermittedButton
          type="primary"
          operation="create_report_schedule"
          icon={<PlusOutlined />}
          onClick={() => setAdding(true)}
        >
          {t("schedules:add")}
        </PermittedButton>
      }
    >
      <ReportsNav />
      <Loaded query={schedules}>
        {({ items }) =>
          items.length === 0 ? <Nothing text={t("schedules:nothing")} /> : <Schedules schedules={items} />
        }
      </Loaded>
      {isAdding && <ScheduleDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}

function Schedules({ schedules }: { schedules: ReportScheduleView[] }): ReactElement {
  const { t } = useTranslation();
  const rhythm = useRhythm();
  const isWide = Grid.useBreakpoint().md ?? true;
  const link = ({ id, name }: ReportScheduleView) => <Link to={paths.schedule(id)}>{name}</Link>;
  const readers = ({ recipients }: ReportScheduleView) =>
    recipients.length === 0 ? (
      <Typography.Text type="warning">{t("schedules:nobody")}</Typography.Text>
    ) : (
      t("schedules:readers", { count: recipients.length })
    );
  if (!isWide) {
    return (
      <Flex vertical gap={8}>
        {schedules.map((schedule) => (
          <Card key={schedule.id} size="small">
            <Flex vertical gap={4}>
              <Flex justify="space-between" gap={8}>
                {link(schedule)}
                <ActiveTag active={schedule.active} />
              </Flex>
              <span>{t(`enums:ScheduledReport.${schedule.report}`)}</span>
              <Typography.Text type="secondary">{rhythm(schedule)}</Typography.Text>
              <span>{readers(schedule)}</span>
            </Flex>
          </Card>
        ))}
      </Flex>
    );
  }
  return (
    <Table<ReportScheduleView>
      size="middle"
      rowKey={({ id }) => id}
      dataSource={schedules}
      pagination={false}
      scroll={{ x: "max-content" }}
      columns={[
        { key: "name", title: t("schedules:name"), render: (_, schedule) => link(schedule) },
        {
          key: "report",
          title: t("schedules:report"),
          render: (_, { report }) => t(`enums:ScheduledReport.${report}`),
        },
        { key: "when", title: t("schedules:when"), render: (_, schedule) => rhythm(schedule) },
        { key: "readers", title: t("schedules:recipients"), render: (_, schedule) => readers(schedule) },
        { key: "active", title: t("schedules:state"), render: (_, { active }) => <ActiveTag active={active} /> },
      ]}
    />
  );
}
