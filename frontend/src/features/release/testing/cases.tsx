import { listTestCasesOptions, listTestRunsOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { CaseStanding, TestCaseView, TestCategory, TestResult, TestRunView } from "@/api/generated/types.gen";
import { words } from "@/api/words";
import { AttachmentLinks } from "@/ui/files/attachment-links";
import { Loaded } from "@/ui/page-states";
import { Clause } from "@/ui/reasons";
import { ReleaseAction, useReleasePage } from "@/procedure/release-page";
import { Section } from "@/ui/section";
import { When } from "@/ui/when";
import { useQuery } from "@tanstack/react-query";
import { Flex, Tag, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

const clauses: Record<TestCategory, string> = {
  technical_operation: "5.4.1",
  function: "5.4.2",
  operation: "5.4.3",
  performance: "5.4.4",
  compatibility: "5.4.5",
  installation_order: "5.4.6",
  rollback_procedure: "5.4.6",
  management_procedures: "5.4.6",
};

const colors: Record<TestResult, string> = { passed: "green", failed: "red", blocked: "gold" };

const standings: Record<CaseStanding, string> = { passed: "green", failed: "red", open: "gold" };

/** The test cases by category, each with every run of it. */
export function Cases(): ReactElement {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  const path = { number: release.number };
  const cases = useQuery(listTestCasesOptions({ path }));
  const runs = useQuery(listTestRunsOptions({ path }));
  return (
    <Section title={t("testing:case.heading")} extra={<ReleaseAction name="record_test_run" />}>
      <Typography.Paragraph type="secondary" className="fabu-no-print">
        {t("testing:case.sentence", { round: release.test_round })}
      </Typography.Paragraph>
      <Loaded query={cases}>
        {({ items: all }) => (
          <Loaded query={runs}>
            {({ items: done }) => (
              <Flex vertical gap={12}>
                {words.TestCategory.map((category) => (
                  <Category
                    key={category}
                    category={category}
                    cases={all.filter((test) => test.category === category)}
                    runs={done}
                  />
                ))}
              </Flex>
            )}
          </Loaded>
        )}
      </Loaded>
    </Section>
  );
}

interface CategoryProps {
  category: TestCategory;
  cases: TestCaseView[];
  runs: TestRunView[];
}

function Category({ category, cases, runs }: CategoryProps): ReactElement {
  const { t } = useTranslation();
  return (
    <div>
      <Flex gap={8} wrap align="baseline" style={{ marginBlockEnd: 4 }}>
        <Typography.Text strong>{t(`enums:TestCategory.${category}`)}</Typography.Text>
        <Clause clause={clauses[category]} />
        <span style={{ marginInlineStart: "auto" }} className="fabu-no-print">
          <ReleaseAction name="add_test_case" subject={category} />
        </span>
      </Flex>
      {cases.length === 0 ? (
        <Typography.Text type="secondary">{t("testing:case.nothing")}</Typography.Text>
      ) : (
        <Flex vertical gap={8}>
          {cases.map((test) => (
            <Case key={test.id} test={test} runs={runs.filter((run) => run.case_id === test.id)} />
          ))}
        </Flex>
      )}
    </div>
  );
}

function Case({ test, runs }: { test: TestCaseView; runs: TestRunView[] }): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="fabu-row">
      <Flex gap={8} wrap align="baseline">
        <Typography.Text strong>{test.title}</Typography.Text>
        <Tag color={standings[test.standing]} style={{ margin: 0 }} title={t("testing:case.standing")}>
          {t(`enums:CaseStanding.${test.standing}`)}
        </Tag>
        <Typography.Text type="secondary" style={{ fontSize: 12 }}>
          {test.added_by.name}
        </Typography.Text>
        <span style={{ marginInlineStart: "auto" }} className="fabu-no-print">
          <ReleaseAction name="record_test_run" subject={test.id} />
        </span>
      </Flex>
      {test.procedure !== "" && <div className="fabu-long-text">{test.procedure}</div>}
      <div>
        <Typography.Text type="secondary">{t("testing:case.expects")}</Typography.Text>{" "}
        <span className="fabu-long-text">{test.expected}</span>
      </div>
      {runs.length === 0 ? (
        <Typography.Text type="secondary">{t("testing:run.nothing")}</Typography.Text>
      ) : (
        <Flex vertical gap={6} style={{ marginBlockStart: 6 }}>
          {runs.map((run) => (
            <Run key={run.n} run={run} />
          ))}
        </Flex>
      )}
    </div>
  );
}

function Run({ run }: { run: TestRunView }): ReactElement {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  const unit = release.units.find(({ id }) => id === run.unit_id);
  return (
    <div>
      <Flex gap={8} wrap align="baseline">
        <Tag color={colors[run.result]} style={{ margin: 0 }}>
          {t(`enums:TestResult.${run.result}`)}
        </Tag>
        <span>{t("testing:run.round", { n: run.round })}</span>
        <span>
          {unit?.name} {run.unit_version}
        </span>
        <Typography.Text type="secondary" style={{ fontSize: 12 }} title={run.unit_sha256}>
          SHA-256 {run.unit_sha256.slice(0, 12)}…
        </Typography.Text>
        <Typography.Text type="secondary" style={{ fontSize: 12 }}>
          {run.run_by.name} · <When at={run.run_at} />
        </Typography.Text>
      </Flex>
      {run.measurement !== null && (
        <div>
          {t("testing:run.measurement", {
            ...run.measurement,
            bound: t(`enums:Bound.${run.measurement.bound}`),
          })}
        </div>
      )}
      {run.observed !== "" && <div className="fabu-long-text">{run.observed}</div>}
      <AttachmentLinks number={release.number} ids={run.attachments} />
    </div>
  );
}
