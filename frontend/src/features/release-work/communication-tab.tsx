import type { TaskSummary } from "@/api/generated/types.gen";
import { useMe } from "@/api/me";
import { procedure } from "@/api/words";
import { isEmpty, type Content } from "@/procedure/document/fields";
import { placeOf } from "@/procedure/document/labels";
import { shapes } from "@/procedure/document/shapes.gen";
import { ValueAt } from "@/procedure/document/value-at";
import { Nothing } from "@/ui/page-states";
import { findAction, ReleaseAction, useReleasePage } from "@/procedure/release-page";
import { TaskCard } from "@/procedure/task-card";
import { Section } from "@/ui/section";
import { Flex, Progress, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useGoLivePlan } from "./plans";

/** Whether everybody knows their part: duties, training, customer contacts, notices, backups (5.7). */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  // A part of a document is JSON like the whole.
  const planned = useGoLivePlan(release)?.communication as Content | undefined;
  const shown = procedure.tasks.readiness.flatMap((kind) => {
    const tasks = release.tasks.filter((task) => task.kind === kind && task.state !== "cancelled");
    return tasks.length === 0 ? [] : [{ kind, tasks }];
  });
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} wrap>
        <ReleaseAction name="add_task" />
      </Flex>
      {!isEmpty(planned) && (
        <Section title={t("work:communication.plan")}>
          <ValueAt place={placeOf(shapes.go_live_plan, "/communication", t)} value={planned} />
        </Section>
      )}
      {shown.length === 0 && <Nothing text={t("work:communication.nothing")} />}
      {shown.map(({ kind, tasks }) => (
        <Section key={kind} title={t(`enums:TaskKind.${kind}`)} extra={<Done tasks={tasks} />}>
          <Flex vertical gap={8}>
            {tasks.map((task) => (
              <TaskCard key={task.id} task={task} actions={<TaskActions task={task} />} />
            ))}
          </Flex>
        </Section>
      ))}
    </Flex>
  );
}

function Done({ tasks }: { tasks: readonly TaskSummary[] }): ReactElement {
  const { t } = useTranslation();
  const done = tasks.filter(({ state }) => state === "done" || state === "waived").length;
  return (
    <Flex gap={8} align="center">
      <Typography.Text type="secondary">{t("work:communication.done", { done, of: tasks.length })}</Typography.Text>
      <Progress
        aria-hidden
        percent={Math.round((done / tasks.length) * 100)}
        showInfo={false}
        size={[60, 6]}
        style={{ margin: 0, width: 60 }}
      />
    </Flex>
  );
}

/** What the reader may do about a task; what others must do is said on its card. */
function TaskActions({ task }: { task: TaskSummary }): ReactElement | undefined {
  const { release } = useReleasePage();
  const me = useMe();
  const isMine = task.assignee.id === me?.id;
  const may = (name: "verify_task" | "return_task" | "reassign_task" | "waive_task"): boolean =>
    findAction(release, name)?.allowed === true;
  if (task.state === "open") {
    return (
      <>
        {isMine && <ReleaseAction name="complete_task" subject={task.id} isPrimary />}
        {may("reassign_task") && <ReleaseAction name="reassign_task" subject={task.id} />}
        {may("waive_task") && <ReleaseAction name="waive_task" subject={task.id} />}
      </>
    );
  }
  if (task.state !== "submitted") return undefined;
  return (
    <>
      {may("verify_task") && <ReleaseAction name="verify_task" subject={task.id} isPrimary />}
      {may("return_task") && <ReleaseAction name="return_task" subject={task.id} />}
    </>
  );
}
