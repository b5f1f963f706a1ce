import type { ReleaseView, RunSheetView, RunStepView } from "@/api/generated/types.gen";
import { formatInstant } from "@/lib/time";
import { useNames, type Names } from "@/ui/names";
import { findAction } from "@/procedure/release-page";
import { Section } from "@/ui/section";
import { Flex, Tag, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { plannedSteps, useGoLivePlan, useReleasePlan, type PlannedStep } from "../plans";
import { StepCard } from "./step-card";
import type { Run } from "./use-run";

interface Props {
  run: Run;
  release: ReleaseView;
  sheet: RunSheetView;
  /** True while the release goes back: its steps rest. */
  isHeld: boolean;
}

/** The steps phase by phase; those whose turn it is have their buttons. */
export function Steps({ run, release, sheet, isHeld }: Props): ReactElement {
  const { t } = useTranslation();
  const goLive = useGoLivePlan(release);
  const planned = plannedSteps(goLive, useReleasePlan(release));
  const names = useNames([...planned.values()].map(({ person }) => person));
  const action = findAction(release, "record_step");
  const unsent = new Map(
    [...run.pending.taken, ...run.pending.waiting].flatMap((entry) =>
      entry.kind === "step" ? [[entry.step, entry.body.result] as const] : [],
    ),
  );
  const isDone = ({ key, done }: RunStepView): boolean => done || (unsent.has(key) && unsent.get(key) !== "failed");
  const done = new Set(sheet.steps.filter(isDone).map(({ key }) => key));
  return (
    <>
      {sheet.phases.map((phase) => {
        const scope = goLive?.phases?.find(({ key }) => key === phase.key);
        const title = phase.key === "full" ? t("actions:fullPhase") : (scope?.name ?? phase.key);
        return (
          <Section
            key={phase.key}
            title={title}
            extra={
              phase.key === sheet.current_phase ? (
                <Tag color="blue">{t("run:currentPhase")}</Tag>
              ) : (
                phase.completed && <Tag color="green">{t("work:deployment.completed")}</Tag>
              )
            }
          >
            <Flex vertical gap={10}>
              {scope?.pass_criterion && (
                <Typography.Text type="secondary">
                  {t("run:passCriterion", { text: scope.pass_criterion })}
                </Typography.Text>
              )}
              {sheet.steps
                .filter((step) => step.phase === phase.key)
                .map((step) => {
                  const n = sheet.steps.indexOf(step) + 1;
                  const isTurn = phase.key === sheet.current_phase && step.predecessors.every((key) => done.has(key));
                  return (
                    <StepCard
                      key={step.key}
                      release={release}
                      name={step.key}
                      n={n}
                      title={step.title}
                      plan={<Plan plan={planned.get(step.key)} names={names} />}
                      result={step.result}
                      unsent={unsent.get(step.key)}
                      isNext={isTurn && !isDone(step) && !isHeld}
                      action={isHeld ? undefined : action}
                      onWrite={(body) => run.outbox.write({ kind: "step", step: step.key, body })}
                    />
                  );
                })}
            </Flex>
          </Section>
        );
      })}
    </>
  );
}

function Plan({ plan, names }: { plan: PlannedStep | undefined; names: Names }): ReactElement | null {
  const { t } = useTranslation();
  if (plan === undefined) return null;
  const facts = [
    plan.person && t("run:owner", { name: names(plan.person) }),
    plan.start && t("run:planned", { at: formatInstant(plan.start), minutes: plan.minutes }),
    plan.units.length > 0 && t("run:units", { units: plan.units.join(t("common:listSeparator")) }),
  ].filter(Boolean);
  return (
    <Flex vertical gap={2}>
      <Typography.Text type="secondary">{facts.join(" · ")}</Typography.Text>
      {plan.check !== "" && <span className="fabu-long-text">{t("run:check", { text: plan.check })}</span>}
    </Flex>
  );
}
