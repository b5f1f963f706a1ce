import { viewReleaseOptions, viewTaskOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { ActionView, TaskView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { formatInstant } from "@/lib/time";
import { commandsOfTask } from "@/procedure/actions/described";
import { AttachmentLinks } from "@/ui/files/attachment-links";
import { Page } from "@/ui/page";
import { Loaded } from "@/ui/page-states";
import { ActionDialog } from "@/procedure/action-dialog";
import { ActionsBar } from "@/procedure/actions-bar";
import { Clause } from "@/ui/reasons";
import { TaskStateTag } from "@/procedure/task-card";
import { Section } from "@/ui/section";
import { Due } from "@/ui/when";
import { useQuery } from "@tanstack/react-query";
import { Alert, Descriptions, Flex, Typography } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link, Navigate, useParams } from "react-router";

/** One task: what is to be done, what shows that it was, and what can be done about it now. */
export function Component(): ReactElement {
  const { id = "" } = useParams();
  const task = useQuery({ ...viewTaskOptions({ path: { id } }), enabled: id !== "" });
  return (
    <Loaded query={task}>
      {(data) =>
        data.subject.kind === "release" ? (
          <Task key={data.id} task={data} />
        ) : (
          // What is no release has its tasks on its own page.
          <Navigate to={data.subject.path} replace />
        )
      }
    </Loaded>
  );
}

function Task({ task }: { task: TaskView }): ReactElement {
  const { t } = useTranslation();
  const [action, setAction] = useState<ActionView>();
  const release = useQuery(viewReleaseOptions({ path: { number: task.release.number } }));
  const names = commandsOfTask(task.state);
  const actions = names.flatMap((name) => release.data?.actions.filter((known) => known.name === name) ?? []);
  const isOpen = names.length > 0;
  return (
    <Page
      title={task.title}
      subtitle={
        <Flex gap={8} wrap align="center" component="span">
          <TaskStateTag state={task.state} />
          <Link to={paths.release(task.release.number)}>{task.release.number}</Link>
          <span>{task.release.title}</span>
        </Flex>
      }
      extra={<ActionsBar actions={actions} onAct={setAction} />}
    >
      {isOpen && <Alert type="info" showIcon title={t(`tasks:how.${task.kind}`)} />}
      <Section title={t("tasks:part.todo")}>
        <Flex vertical gap={12}>
          {task.detail !== "" && <span className="fabu-long-text">{task.detail}</span>}
          <Descriptions
            size="small"
            column={{ xs: 1, sm: 1, md: 2 }}
            items={[
              {
                key: "kind",
                label: t("tasks:column.kind"),
                children: (
                  <Flex gap={8} wrap align="baseline">
                    {task.kind_name}
                    <Clause clause={task.clause} />
                  </Flex>
                ),
              },
              { key: "due", label: t("tasks:column.due"), children: <Due at={task.due_at} isOpen={isOpen} /> },
              { key: "assignee", label: t("tasks:column.assignee"), children: task.assignee.name },
              ...(task.verifier
                ? [{ key: "verifier", label: t("tasks:column.verifier"), children: task.verifier.name }]
                : []),
              { key: "blocks", label: t("tasks:column.blocks"), children: t(`enums:Blocks.${task.blocks}`) },
            ]}
          />
          <Typography.Text type="secondary">
            {task.opened_by
              ? t("tasks:opened", { name: task.opened_by.name, at: formatInstant(task.opened_at) })
              : t("tasks:openedBySystem", { at: formatInstant(task.opened_at) })}
          </Typography.Text>
        </Flex>
      </Section>
      <Section title={t("tasks:part.evidence")}>
        <Evidence task={task} />
      </Section>
      {action && release.data && (
        <ActionDialog release={release.data} action={action} subject={task.id} onClose={() => setAction(undefined)} />
      )}
    </Page>
  );
}

/** What was handed in, and what the verifier or whoever excused it said. */
function Evidence({ task }: { task: TaskView }): ReactElement {
  const { t } = useTranslation();
  const { evidence, verification, waiver } = task;
  return (
    <Flex vertical gap={12}>
      {evidence ? (
        <Flex vertical gap={6}>
          <span className="fabu-long-text">{evidence.text}</span>
          <AttachmentLinks number={task.release.number} ids={evidence.attachments} />
          <Typography.Text type="secondary">
            {t("tasks:by", { name: evidence.by.name, at: formatInstant(evidence.at) })}
          </Typography.Text>
        </Flex>
      ) : (
        <Typography.Text type="secondary">{t("tasks:noEvidence")}</Typography.Text>
      )}
      {task.state === "open" && task.verifier && (
        <Typography.Text type="secondary">{t("tasks:nextVerify", { name: task.verifier.name })}</Typography.Text>
      )}
      {verification && (
        <Mark
          word={t(task.state === "done" ? "tasks:verified" : evidence ? "tasks:returned" : "tasks:reassigned")}
          {...verification}
        />
      )}
      {waiver && <Mark word={t("tasks:waived")} {...waiver} />}
    </Flex>
  );
}

function Mark({ word, by, at, reason }: { word: string } & NonNullable<TaskView["waiver"]>): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="fabu-change">
      <strong>{word}</strong>
      {reason !== "" && (
        <>
          {t("common:colon")}
          <span className="fabu-long-text">{reason}</span>
        </>
      )}
      <div>
        <Typography.Text type="secondary">{t("tasks:by", { name: by.name, at: formatInstant(at) })}</Typography.Text>
      </div>
    </div>
  );
}
