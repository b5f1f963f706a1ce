import { useCommand } from "@/api/command";
import { createQuarterlyReportMutation, listQuarterlyReportsOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { QuarterlyReportSummary } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { formatShort, pastQuarters } from "@/lib/time";
import { FormDialog } from "@/ui/form/form-dialog";
import { Page } from "@/ui/page";
import { Loaded, Nothing } from "@/ui/page-states";
import { PermittedButton } from "@/ui/permitted-button";
import { ReportsNav } from "@/ui/reports-nav";
import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Card, Flex, Form, Grid, Select, Table, Typography } from "antd";
import type { TFunction } from "i18next";
import { useMemo, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { AttainmentTag, ReportStateTag } from "./tags";

/** The quarterly reports in every revision, newest first. A hundred of them are more than twenty years. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const [isDrafting, setDrafting] = useState(false);
  const reports = useQuery(listQuarterlyReportsOptions({ query: { limit: 100 } }));
  return (
    <Page
      title={t("quarterly:title")}
      subtitle={t("quarterly:subtitle")}
      extra={
        <PermittedButton operation="create_quarterly_report" icon={<PlusOutlined />} onClick={() => setDrafting(true)}>
          {t("quarterly:draft.button")}
        </PermittedButton>
      }
    >
      <ReportsNav />
      <Loaded query={reports}>
        {({ items }) => (
          <>
            {items.length === 0 ? <Nothing text={t("quarterly:nothing")} /> : <Reports reports={items} />}
            {isDrafting && (
              <DraftDialog taken={items.map(({ quarter }) => quarter)} onClose={() => setDrafting(false)} />
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Reports({ reports }: { reports: QuarterlyReportSummary[] }): ReactElement {
  const { t } = useTranslation();
  const isWide = Grid.useBreakpoint().md ?? true;
  const columns = useMemo(() => columnsOf(t), [t]);
  if (!isWide) {
    return (
      <Flex vertical gap={8}>
        {reports.map((report) => (
          <Card key={report.id} size="small">
            <Flex vertical gap={4}>
              <Flex justify="space-between" gap={8}>
                <ReportLink report={report} />
                <ReportStateTag state={report.state} />
              </Flex>
              <Flex gap={8} align="baseline" wrap>
                <span>
                  {report.successes}/{report.total}
                </span>
                <AttainmentTag attainment={report.attainment} />
              </Flex>
              <Typography.Text type="secondary">{report.number}</Typography.Text>
            </Flex>
          </Card>
        ))}
      </Flex>
    );
  }
  return (
    <Table<QuarterlyReportSummary>
      size="middle"
      rowKey={({ id }) => id}
      dataSource={reports}
      columns={columns}
      pagination={false}
      scroll={{ x: "max-content" }}
    />
  );
}

function columnsOf(t: TFunction): NonNullable<Parameters<typeof Table<QuarterlyReportSummary>>[0]["columns"]> {
  return [
    { key: "quarter", title: t("reports:column.quarter"), render: (_, report) => <ReportLink report={report} /> },
    { key: "number", title: t("quarterly:number"), render: (_, { number }) => number },
    {
      key: "state",
      title: t("quarterly:state"),
      render: (_, { state }) => <ReportStateTag state={state} />,
    },
    {
      key: "successes",
      title: `${t("reports:column.successes")}/${t("reports:column.total")}`,
      align: "end",
      render: (_, { successes, total }) => `${successes}/${total}`,
    },
    {
      key: "met",
      title: t("reports:column.met"),
      render: (_, { attainment }) => <AttainmentTag attainment={attainment} />,
    },
    { key: "created", title: t("quarterly:createdAt"), render: (_, { created_at }) => formatShort(created_at) },
    {
      key: "approved",
      title: t("quarterly:approvedAt"),
      render: (_, { approved_at }) => approved_at && formatShort(approved_at),
    },
  ];
}

function ReportLink({ report: { quarter, revision } }: { report: QuarterlyReportSummary }): ReactElement {
  const { t } = useTranslation();
  return (
    <Link to={paths.quarterlyReport(quarter, revision)}>
      {quarter}
      {revision > 1 && ` ${t("procedure:revision", { n: revision })}`}
    </Link>
  );
}

/** How many quarters back a report can be drafted by hand. */
const back = 8;

function DraftDialog({ taken, onClose }: { taken: readonly string[]; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [form] = Form.useForm<{ quarter: string }>();
  const create = useCommand(createQuarterlyReportMutation(), ({ quarter }) => {
    void navigate(paths.quarterlyReport(quarter));
  });
  const open = pastQuarters(back).filter((quarter) => !taken.includes(quarter));
  return (
    <FormDialog<{ quarter: string }>
      title={t("quarterly:draft.title")}
      form={form}
      send={t("quarterly:draft.send")}
      onSend={(body) => create.mutate({ body })}
      onClose={onClose}
      isPending={create.isPending}
      error={create.error}
      fields={["/quarter"]}
    >
      <Typography.Paragraph type="secondary">{t("quarterly:draft.advice")}</Typography.Paragraph>
      <Form.Item
        name="quarter"
        label={t("reports:column.quarter")}
        rules={[{ required: true, message: t("common:required") }]}
      >
        <Select
          options={open.map((quarter) => ({ value: quarter, label: quarter }))}
          notFoundContent={t("quarterly:draft.none")}
        />
      </Form.Item>
    </FormDialog>
  );
}
