import { downloadQuarterlyWorkbook } from "@/api/generated/sdk.gen";
import type { QuarterlyReportView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { SectionContent, Sections } from "@/procedure/document/sections";
import type { Writing } from "@/procedure/editor/written-document";
import { saveBytes } from "@/ui/files/download";
import { Page } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { Reasons } from "@/ui/reasons";
import { ReportsNav } from "@/ui/reports-nav";
import { Section } from "@/ui/section";
import { DownloadOutlined, PrinterOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button, Flex, Tag } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { shapes } from "@/procedure/document/shapes.gen";
import { contentOf } from "./assessment";
import { Measures } from "./measures";
import { OpenPoints } from "./open-points";
import { RatePart } from "./rate-part";
import { ReportActions } from "./report-actions";
import { ReportFigures } from "./report-figures";
import { ReportNotices } from "./report-notices";
import { Revisions, Signatures } from "./signatures";
import { ReportStateTag } from "./tags";

/** A report from top to bottom, on the screen and on paper. */
export function ReportView({ report, writing }: { report: QuarterlyReportView; writing?: Writing }): ReactElement {
  const { t } = useTranslation();
  return (
    <Page
      title={t("quarterly:titleOf", { quarter: report.quarter })}
      subtitle={
        <Flex gap={8} wrap align="center" component="span">
          <span>{report.number}</span>
          <Tag style={{ margin: 0 }}>{t("procedure:revision", { n: report.revision })}</Tag>
          <ReportStateTag state={report.state} />
        </Flex>
      }
      extra={
        <Flex gap={8} wrap className="fabu-no-print">
          <ReportActions report={report} writing={writing} />
          <Workbook report={report} />
          <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
            {t("quarterly:print")}
          </Button>
        </Flex>
      }
    >
      <ReportsNav />
      <ReportNotices report={report} />
      <RatePart report={report} />
      <ReportFigures report={report} />
      <OpenPoints figures={report.figures} />
      {writing && (
        <Flex vertical gap={16} className="fabu-no-print">
          <Section title={t("quarterly:assessment.title")}>
            {writing.status}
            <Missing report={report} />
          </Section>
          {writing.editor}
        </Flex>
      )}
      <div className={writing ? "fabu-only-print" : undefined}>
        <Sections shape={shapes.quarterly_report}>
          {(section) => (
            <SectionContent shape={shapes.quarterly_report} section={section} content={contentOf(report.assessment)} />
          )}
        </Sections>
      </div>
      {report.measures.length > 0 && <Measures report={report} />}
      <Signatures report={report} />
      {report.other_revisions.length > 0 && <Revisions report={report} />}
      <Link to={paths.quarterlyReports} className="fabu-no-print">
        {t("quarterly:all")}
      </Link>
    </Page>
  );
}

/** What stands between the draft and its submission, as the API says it. */
function Missing({ report }: { report: QuarterlyReportView }): ReactElement | null {
  const { t } = useTranslation();
  const submission = report.actions.find(({ name }) => name === "submit_quarterly_report");
  const missing = submission?.blocked_by.filter(({ kind }) => kind === "missing") ?? [];
  if (missing.length === 0) return null;
  return (
    <Flex vertical gap={4} style={{ marginBlockStart: 8 }}>
      <strong>{t("quarterly:assessment.missing")}</strong>
      <Reasons reasons={missing} />
    </Flex>
  );
}

/** The report as a workbook, with every release behind its figures. */
function Workbook({ report: { quarter, revision, number } }: { report: QuarterlyReportView }): ReactElement {
  const { t } = useTranslation();
  const save = useMutation({
    mutationFn: async () => {
      const path = { quarter };
      const { data } = await downloadQuarterlyWorkbook({
        path,
        query: { revision },
        parseAs: "blob",
        throwOnError: true,
      });
      saveBytes(data, `${number}.xlsx`);
    },
  });
  return (
    <>
      <Button icon={<DownloadOutlined />} loading={save.isPending} onClick={() => save.mutate()}>
        {t("quarterly:workbook")}
      </Button>
      <ProblemAlert error={save.error} />
    </>
  );
}
