import type { ReleaseRefView, SubjectView, TaskState, TaskSummary } from "@/api/generated/types.gen";
import { paths, taskPage } from "@/lib/paths";
import { Due } from "@/ui/when";
import { Card, Flex, Tag, Typography } from "antd";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Clause } from "@/ui/reasons";

const colors: Record<TaskState, string> = {
  open: "blue",
  submitted: "gold",
  done: "green",
  waived: "default",
  cancelled: "default",
};

/** Where a task stands. */
export function TaskStateTag({ state }: { state: TaskState }): ReactElement {
  const { t } = useTranslation();
  return (
    <Tag color={colors[state]} style={{ margin: 0 }}>
      {t(`enums:TaskState.${state}`)}
    </Tag>
  );
}

interface Props {
  task: TaskSummary;
  /** What it is about, where the page is not that thing's own. */
  of?: { release: ReleaseRefView; subject: SubjectView };
  /** Buttons at the end. */
  actions?: ReactNode;
}

/** A task in a list: what is owed, by whom, until when, and which step waits for it. */
export function TaskCard({ task, of, actions }: Props): ReactElement {
  const { t } = useTranslation();
  const isOpen = task.state === "open" || task.state === "submitted";
  return (
    <Card size="small">
      <Flex vertical gap={6}>
        <Flex justify="space-between" gap={8} wrap>
          <Link to={of === undefined ? paths.task(task.id) : taskPage(task.id, of.subject)}>
            <Typography.Text strong style={{ color: "inherit" }}>
              {task.title}
            </Typography.Text>
          </Link>
          <TaskStateTag state={task.state} />
        </Flex>
        <Flex gap={8} wrap align="baseline">
          {of && <Link to={of.subject.path}>{of.release.number}</Link>}
          <Typography.Text type="secondary">{task.kind_name}</Typography.Text>
          <Clause clause={task.clause} />
          <Due at={task.due_at} isOpen={isOpen} />
        </Flex>
        <Flex gap={8} wrap>
          <Typography.Text type="secondary">
            {t("procedure:task.assignee", { name: task.assignee.name })}
          </Typography.Text>
          {task.verifier && (
            <Typography.Text type="secondary">
              {t("procedure:task.verifier", { name: task.verifier.name })}
            </Typography.Text>
          )}
          {isOpen && task.blocks !== "nothing" && (
            <Tag color="orange" style={{ margin: 0 }}>
              {t("procedure:task.blocks", { step: t(`enums:Blocks.${task.blocks}`) })}
            </Tag>
          )}
        </Flex>
        {actions !== undefined && (
          <Flex gap={8} wrap>
            {actions}
          </Flex>
        )}
      </Flex>
    </Card>
  );
}
