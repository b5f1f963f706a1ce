import { listApprovalsOptions, listTasksOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { ApprovalItemView, TaskView } from "@/api/generated/types.gen";
import { approvalPage, taskPage } from "@/lib/paths";
import { ApprovalCard } from "@/procedure/approval-card";
import { TaskCard } from "@/procedure/task-card";
import { Loaded, Nothing } from "@/ui/page-states";
import { useQuery } from "@tanstack/react-query";
import { LinkButton } from "@/ui/link-button";
import { Card, Flex } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

type Waiting = { due: string; approval: ApprovalItemView } | { due: string; task: TaskView };

/** Everything that the reader owes an answer or a deed, most urgent first. */
export function WaitingForMe(): ReactElement {
  const { t } = useTranslation();
  const approvals = useQuery(listApprovalsOptions({ query: { awaited: true, limit: 100 } }));
  const tasks = useQuery(listTasksOptions({ query: { open: true, limit: 100 } }));
  return (
    <Card size="small" title={<h2 className="fabu-card-title">{t("workbench:waiting.title")}</h2>}>
      <Loaded query={approvals}>
        {({ items: panels }) => (
          <Loaded query={tasks}>
            {({ items }) => {
              const waiting = inOrder(panels, items);
              return waiting.length === 0 ? (
                <Nothing text={t("workbench:waiting.nothing")} />
              ) : (
                <List waiting={waiting} />
              );
            }}
          </Loaded>
        )}
      </Loaded>
    </Card>
  );
}

function List({ waiting }: { waiting: readonly Waiting[] }): ReactElement {
  const { t } = useTranslation();
  return (
    <Flex vertical gap={10}>
      {waiting.map((item) =>
        "approval" in item ? (
          <ApprovalCard
            key={item.approval.id}
            approval={item.approval}
            actions={
              <LinkButton to={approvalPage(item.approval.id, item.approval.subject)} size="small" type="primary">
                {t("workbench:waiting.answer")}
              </LinkButton>
            }
          />
        ) : (
          <TaskCard
            key={item.task.id}
            task={item.task}
            of={item.task}
            actions={
              <LinkButton to={taskPage(item.task.id, item.task.subject)} size="small" type="primary">
                {t(item.task.state === "submitted" ? "workbench:waiting.verify" : "workbench:waiting.complete")}
              </LinkButton>
            }
          />
        ),
      )}
    </Flex>
  );
}

function inOrder(approvals: readonly ApprovalItemView[], tasks: readonly TaskView[]): Waiting[] {
  const all: Waiting[] = [
    ...approvals.map((approval) => ({ due: approval.due_at, approval })),
    ...tasks.map((task) => ({ due: task.due_at, task })),
  ];
  return all.sort((a, b) => a.due.localeCompare(b.due));
}
