import { viewRunSheetOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { RunSheetView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { formatInstant } from "@/lib/time";
import { useNames } from "@/ui/names";
import { Loaded } from "@/ui/page-states";
import { ApprovalStateTag } from "@/procedure/approval-card";
import { ReleaseAction, useReleasePage } from "@/procedure/release-page";
import { VerdictTag } from "@/procedure/release-tags";
import { Section } from "@/ui/section";
import { PlayCircleOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Flex, Tag, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { plannedSteps, useGoLivePlan, useReleasePlan } from "./plans";
import { ResultTag, RunRecord } from "./run-record";

/** The record of the deployment: who started it, steps, phases with their confirmations, rollback, verdict (5.8). */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  const sheet = useQuery(viewRunSheetOptions({ path: { number: release.number } }));
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} wrap>
        <Link to={paths.runSheet(release.number)}>
          <Button type="primary" icon={<PlayCircleOutlined />} tabIndex={-1}>
            {t("work:deployment.open")}
          </Button>
        </Link>
        <ReleaseAction name="start_deployment" />
        <ReleaseAction name="reconvene_confirmation" />
        <ReleaseAction name="record_verdict" />
      </Flex>
      <Loaded query={sheet}>{(loaded) => <Record sheet={loaded} />}</Loaded>
    </Flex>
  );
}

function Record({ sheet }: { sheet: RunSheetView }): ReactElement {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  const planned = plannedSteps(useGoLivePlan(release), useReleasePlan(release));
  const names = useNames([...planned.values()].map(({ person }) => person));
  return (
    <>
      {sheet.started ? (
        <Alert
          type="info"
          title={t("work:deployment.started", { name: sheet.started.by.name, at: formatInstant(sheet.started.at) })}
          description={sheet.started.reason}
        />
      ) : (
        <Alert type="info" title={t("work:deployment.notStarted")} />
      )}
      {release.verdict && (
        <Alert
          type={release.verdict.verdict === "successful" ? "success" : "warning"}
          title={
            <Flex gap={8} align="center" wrap>
              <VerdictTag verdict={release.verdict.verdict} />
              {t("work:deployment.verdict", {
                name: release.verdict.by.name,
                at: formatInstant(release.verdict.at),
              })}
            </Flex>
          }
          description={release.verdict.reason}
        />
      )}
      {sheet.phases.map((phase) => (
        <Section
          key={phase.key}
          title={phase.key === "full" ? t("actions:fullPhase") : t("work:phase", { phase: phase.key })}
          extra={
            phase.confirmation ? (
              <Flex gap={8} align="center">
                <Link to={paths.approval(phase.confirmation.approval_id)}>
                  {t("enums:ApprovalKind.deployment_confirmation")}
                </Link>
                <ApprovalStateTag state={phase.confirmation.state} />
              </Flex>
            ) : (
              phase.completed && <Tag color="green">{t("work:deployment.completed")}</Tag>
            )
          }
        >
          <ol className="fabu-rows">
            {sheet.steps
              .filter((step) => step.phase === phase.key)
              .map((step) => {
                const plan = planned.get(step.key);
                return (
                  <li key={step.key}>
                    <Flex gap={8} wrap align="baseline">
                      <span>{step.title}</span>
                      {step.result && <ResultTag result={step.result} />}
                      <Typography.Text type="secondary">
                        {[plan?.person && names(plan.person), plan?.start && formatInstant(plan.start)]
                          .filter(Boolean)
                          .join(" · ")}
                      </Typography.Text>
                    </Flex>
                  </li>
                );
              })}
          </ol>
        </Section>
      ))}
      {sheet.rollback.started && (
        <Section title={t("work:deployment.rollback")}>
          <Typography.Paragraph>
            {t("work:deployment.rollbackStarted", {
              name: sheet.rollback.started.by.name,
              at: formatInstant(sheet.rollback.started.at),
              reason: sheet.rollback.started.reason,
            })}
          </Typography.Paragraph>
          <ol className="fabu-rows">
            {sheet.rollback.groups.map(({ group, name, result }) => (
              <li key={group}>
                {name} {result && <ResultTag result={result} />}
              </li>
            ))}
          </ol>
        </Section>
      )}
      <Section title={t("work:deployment.record")}>
        <RunRecord release={release} sheet={sheet} />
      </Section>
    </>
  );
}
