import type { MarkView, QuarterlyReportSummary, QuarterlyReportView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { formatShort } from "@/lib/time";
import { Section } from "@/ui/section";
import { When } from "@/ui/when";
import { Descriptions, Flex, Table, Typography } from "antd";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { AttainmentTag, ReportStateTag } from "./tags";

/** Who wrote, sent and approved the report, and the sum over what was signed. */
export function Signatures({ report }: { report: QuarterlyReportView }): ReactElement {
  const { t } = useTranslation();
  const { created_at, created_by, contributors, submitted, approved, sha256 } = report;
  const mark = (of: MarkView | null): ReactNode =>
    of === null ? (
      <Typography.Text type="secondary">{t("quarterly:signatures.notYet")}</Typography.Text>
    ) : (
      <span>
        {of.by.name} <When at={of.at} />
      </span>
    );
  return (
    <Section title={t("quarterly:signatures.title")}>
      <Descriptions
        size="small"
        column={{ xs: 1, sm: 1, md: 2 }}
        items={[
          {
            key: "created",
            label: t("quarterly:signatures.drafted"),
            children: (
              <span>
                {created_by?.name ?? t("quarterly:signatures.system")} <When at={created_at} />
              </span>
            ),
          },
          {
            key: "contributors",
            label: t("quarterly:signatures.contributors"),
            children:
              contributors.length === 0
                ? t("quarterly:signatures.nobody")
                : contributors.map(({ name }) => name).join(t("common:listSeparator")),
          },
          { key: "submitted", label: t("quarterly:signatures.submitted"), children: mark(submitted) },
          { key: "approved", label: t("quarterly:signatures.approved"), children: mark(approved) },
          ...(sha256 === null
            ? []
            : [
                {
                  key: "sha256",
                  label: t("quarterly:signatures.sha256"),
                  span: "filled" as const,
                  children: (
                    <Typography.Text copyable style={{ wordBreak: "break-all" }}>
                      {sha256}
                    </Typography.Text>
                  ),
                },
              ]),
        ]}
      />
    </Section>
  );
}

/** The other revisions of the report: a restated one stays as it was signed. */
export function Revisions({ report }: { report: QuarterlyReportView }): ReactElement {
  const { t } = useTranslation();
  return (
    <Section title={t("quarterly:revisions")}>
      <Table<QuarterlyReportSummary>
        size="small"
        rowKey={({ id }) => id}
        dataSource={[...report.other_revisions].reverse()}
        pagination={false}
        scroll={{ x: "max-content" }}
        columns={[
          {
            key: "revision",
            title: t("quarterly:number"),
            render: (_, { quarter, revision, number }) => (
              <Flex gap={8}>
                <Link to={paths.quarterlyReport(quarter, revision)}>{t("procedure:revision", { n: revision })}</Link>
                <span>{number}</span>
              </Flex>
            ),
          },
          { key: "state", title: t("quarterly:state"), render: (_, { state }) => <ReportStateTag state={state} /> },
          {
            key: "successes",
            title: t("reports:column.rate"),
            render: (_, { successes, total }) => `${successes}/${total}`,
          },
          {
            key: "met",
            title: t("reports:column.met"),
            render: (_, { attainment }) => <AttainmentTag attainment={attainment} />,
          },
          {
            key: "approved",
            title: t("quarterly:approvedAt"),
            render: (_, { approved_at }) => approved_at && formatShort(approved_at),
          },
        ]}
      />
    </Section>
  );
}
