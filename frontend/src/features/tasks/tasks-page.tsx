import { listTasksOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { ListTasksData, TaskView } from "@/api/generated/types.gen";
import { words } from "@/api/words";
import { taskPage } from "@/lib/paths";
import type { Column } from "@/ui/list-page/columns";
import type { Filter } from "@/ui/list-page/filters";
import { ListPage, type Ask } from "@/ui/list-page/list-page";
import { Page } from "@/ui/page";
import { TaskCard, TaskStateTag } from "@/procedure/task-card";
import { Due } from "@/ui/when";
import type { TFunction } from "i18next";
import { useMemo, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** What the reader owes or verifies; of everybody for those who may see that. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const filters = useMemo(() => filtersOf(t), [t]);
  const columns = useMemo(() => columnsOf(t), [t]);
  // One moment for as long as the page is open: what is asked must not change by itself.
  const [now] = useState(() => new Date().toISOString());
  return (
    <Page title={t("tasks:title")}>
      <ListPage
        name="tasks"
        filters={filters}
        columns={columns}
        query={(ask) => listTasksOptions({ query: queryOf(ask, now) })}
        rowKey={({ id }) => id}
        card={(task) => <TaskCard task={task} of={task} />}
        views={[
          { name: t("tasks:views.open"), search: "open=true" },
          { name: t("tasks:views.late"), search: "open=true&late=true" },
          { name: t("tasks:views.verify"), search: "state=submitted" },
          { name: t("tasks:views.all"), search: "" },
          { name: t("tasks:views.everybody"), search: "everybody=true&open=true" },
        ]}
        nothing={{ text: t("tasks:nothing") }}
      />
    </Page>
  );
}

function filtersOf(t: TFunction): Filter[] {
  return [
    {
      kind: "choice",
      key: "kind",
      label: t("tasks:column.kind"),
      options: words.TaskKind.map((value) => ({ value, label: t(`enums:TaskKind.${value}`) })),
    },
    {
      kind: "choice",
      key: "state",
      label: t("tasks:column.state"),
      options: words.TaskState.map((value) => ({ value, label: t(`enums:TaskState.${value}`) })),
    },
    { kind: "flag", key: "open", label: t("tasks:filter.open") },
    { kind: "flag", key: "everybody", label: t("tasks:filter.everybody") },
    { kind: "flag", key: "late", label: t("tasks:filter.late") },
  ];
}

/** What the address says, as the API asks for it. */
function queryOf({ filters, cursor, limit }: Ask, now: string): ListTasksData["query"] {
  const others = Object.entries(filters).filter(([name, value]) => !["late", "sort"].includes(name) && value !== null);
  return { ...Object.fromEntries(others), ...(filters["late"] && { due_before: now }), cursor, limit };
}

function columnsOf(t: TFunction): Column<TaskView>[] {
  return [
    {
      key: "title",
      title: t("tasks:column.title"),
      fixed: true,
      width: 300,
      render: ({ id, title, subject }) => <Link to={taskPage(id, subject)}>{title}</Link>,
    },
    { key: "kind", title: t("tasks:column.kind"), render: ({ kind_name }) => kind_name },
    {
      key: "release",
      title: t("tasks:column.release"),
      render: ({ release, subject }) => (
        <Link to={subject.path} style={{ whiteSpace: "nowrap" }}>
          {release.number}
        </Link>
      ),
    },
    { key: "assignee", title: t("tasks:column.assignee"), render: ({ assignee }) => assignee.name },
    { key: "verifier", title: t("tasks:column.verifier"), render: ({ verifier }) => verifier?.name },
    {
      key: "due",
      title: t("tasks:column.due"),
      render: ({ due_at, state }) => <Due at={due_at} isOpen={state === "open" || state === "submitted"} />,
    },
    { key: "blocks", title: t("tasks:column.blocks"), render: ({ blocks }) => t(`enums:Blocks.${blocks}`) },
    { key: "state", title: t("tasks:column.state"), render: ({ state }) => <TaskStateTag state={state} /> },
  ];
}
