import type { ActionView, CommandName, ReleaseView, RunSheetView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { formatInstant } from "@/lib/time";
import { Loaded } from "@/ui/page-states";
import { ActionDialog } from "@/procedure/action-dialog";
import { Reasons } from "@/ui/reasons";
import { ConflictSection, useSeesConflicts } from "@/procedure/conflicts/conflict-list";
import { VerdictTag } from "@/procedure/release-tags";
import { findAction } from "@/procedure/release-page";
import { Section } from "@/ui/section";
import { Alert, Flex, Typography } from "antd";
import { useEffect, useState, type ReactElement } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { useReleasePlan } from "../plans";
import { RunRecord } from "../run-record";
import { Clocks } from "./clocks";
import { Confirmations } from "./confirmations";
import { Deviation } from "./deviation";
import { RollbackGroups } from "./rollback-groups";
import { RunActions } from "./run-actions";
import { Steps } from "./steps";
import { Unsent } from "./unsent";
import { useRun, type Run } from "./use-run";

/** The deployment console: the run sheet in full, for whoever carries it out and whoever watches (5.8, 5.2). */
export function Component(): ReactElement {
  const { number = "" } = useParams();
  return <Console key={number} number={number} />;
}

function Console({ number }: { number: string }): ReactElement {
  const run = useRun(number);
  // What the console covers is out of reach: the focus never goes where it cannot be seen.
  useEffect(() => {
    const covered = document.getElementById("root");
    covered?.setAttribute("inert", "");
    return () => covered?.removeAttribute("inert");
  }, []);
  return createPortal(
    <main className="fabu-console">
      <Loaded query={run.release}>
        {(release) => (
          <Loaded query={run.sheet}>{(sheet) => <Sheet run={run} release={release} sheet={sheet} />}</Loaded>
        )}
      </Loaded>
    </main>,
    document.body,
  );
}

/** What people decide while a release is carried out, in the order in which it usually comes. */
const decisions: readonly CommandName[] = [
  "start_deployment",
  "complete_phase",
  "decide_to_continue",
  "reconvene_confirmation",
  "record_verdict",
  "start_rollback",
];

interface SheetProps {
  run: Run;
  release: ReleaseView;
  sheet: RunSheetView;
}

function Sheet({ run, release, sheet }: SheetProps): ReactElement {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<{ action: ActionView; subject?: string }>();
  const plan = useReleasePlan(release);
  const seesConflicts = useSeesConflicts();
  const actions = decisions.flatMap((name) => findAction(release, name) ?? []);
  const isRollingBack = sheet.rollback.started !== null;
  const isRunning = release.stage.code === "deployment";
  return (
    <Flex vertical gap={12}>
      <Flex justify="space-between" gap={12} wrap align="start" component="header">
        <div style={{ minWidth: 0 }}>
          <Typography.Title level={1} style={{ margin: 0, fontSize: 22, lineHeight: 1.4 }}>
            {release.title}
          </Typography.Title>
          <Flex gap={8} wrap align="center">
            <Link to={paths.releaseTab(release.number, "deployment")}>{t("run:back", { number: release.number })}</Link>
            <Typography.Text type="secondary">{release.stage.name}</Typography.Text>
            {release.verdict && <VerdictTag verdict={release.verdict.verdict} />}
          </Flex>
        </div>
        <Clocks release={release} sheet={sheet} />
      </Flex>
      <Unsent run={run} sheet={sheet} />
      {isRollingBack && (
        <Alert
          type="error"
          showIcon
          title={t("run:rollingBack", {
            name: sheet.rollback.started?.by.name,
            at: formatInstant(sheet.rollback.started?.at ?? ""),
          })}
          description={sheet.rollback.started?.reason}
        />
      )}
      {!sheet.started && <Alert type="info" showIcon title={t("run:notStarted")} />}
      {sheet.started && !isRunning && release.verdict && (
        <Alert type="info" showIcon title={t("run:ended")} description={release.verdict.reason} />
      )}
      <RunActions actions={actions} onAct={(action) => setOpened({ action })} />
      <Flex gap={12} align="start" wrap>
        <Flex vertical gap={12} style={{ flex: "2 1 480px", minWidth: 0, width: "100%" }}>
          {isRollingBack && <RollbackGroups run={run} release={release} sheet={sheet} />}
          <Steps run={run} release={release} sheet={sheet} isHeld={isRollingBack} />
        </Flex>
        <Flex vertical gap={12} style={{ flex: "1 1 300px", minWidth: 0 }}>
          {plan?.rollback?.criteria && (
            <Section title={t("run:criteria")}>
              <span className="fabu-long-text">{plan.rollback.criteria}</span>
            </Section>
          )}
          {isRunning && sheet.against_success.length > 0 && sheet.phases.every(({ completed }) => completed) && (
            <Section title={t("run:againstSuccess")}>
              <Reasons reasons={sheet.against_success} />
            </Section>
          )}
          {(!sheet.started || isRunning) && seesConflicts && <ConflictSection release={release} quiet={isRunning} />}
          <Confirmations release={release} sheet={sheet} />
          <Deviation run={run} release={release} sheet={sheet} />
          <Section title={t("work:deployment.record")}>
            <RunRecord release={release} sheet={sheet} />
          </Section>
        </Flex>
      </Flex>
      {opened && <ActionDialog release={release} {...opened} onClose={() => setOpened(undefined)} />}
    </Flex>
  );
}
