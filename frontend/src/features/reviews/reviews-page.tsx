import { listTasksOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { ListTasksData, TaskKind, TaskView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import type { Column } from "@/ui/list-page/columns";
import type { Filter } from "@/ui/list-page/filters";
import { ListPage, type Ask } from "@/ui/list-page/list-page";
import { Page } from "@/ui/page";
import { Clause } from "@/ui/reasons";
import { TaskCard, TaskStateTag } from "@/procedure/task-card";
import { ReportsNav } from "@/ui/reports-nav";
import { Due } from "@/ui/when";
import { Flex, Segmented } from "antd";
import type { TFunction } from "i18next";
import { useMemo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useNavigate } from "react-router";

/** What is listed: the reviews that are owed or done, or what was decided in them. */
const lists = { reviews: "failed_release_review", actions: "review_action" } as const satisfies Record<
  string,
  TaskKind
>;
type List = keyof typeof lists;

/** The reviews of releases without success, and the actions that came out of them (3.5). */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { search } = useLocation();
  const list: List = new URLSearchParams(search).get("list") === "actions" ? "actions" : "reviews";
  const filters = useMemo(() => filtersOf(t), [t]);
  const columns = useMemo(() => columnsOf(t, list), [t, list]);
  return (
    <Page
      title={t("reviews:title")}
      subtitle={
        <Flex gap={8} wrap align="baseline" component="span">
          {t("reviews:subtitle")}
          <Clause clause="3.5" />
        </Flex>
      }
    >
      <ReportsNav />
      <Segmented<List>
        aria-label={t("reviews:choose")}
        value={list}
        options={[
          { value: "reviews", label: t("reviews:list.reviews") },
          { value: "actions", label: t("reviews:list.actions") },
        ]}
        onChange={(next) => void navigate({ search: next === "actions" ? "list=actions" : "" })}
        style={{ alignSelf: "flex-start" }}
      />
      <ListPage
        key={list}
        name={`reviews.${list}`}
        filters={filters}
        columns={columns}
        query={(ask) => listTasksOptions({ query: queryOf(ask, list) })}
        rowKey={({ id }) => id}
        card={(task) => (
          <TaskCard
            task={task}
            of={task}
            actions={<Link to={paths.releaseTab(task.release.number, "closure")}>{t("reviews:toReview")}</Link>}
          />
        )}
        views={[
          { name: t("reviews:views.open"), search: `list=${list}&open=true` },
          { name: t("reviews:views.mine"), search: `list=${list}&mine=true` },
        ]}
        nothing={{ text: t(`reviews:nothing.${list}`) }}
      />
    </Page>
  );
}

function filtersOf(t: TFunction): Filter[] {
  return [
    { kind: "flag", key: "open", label: t("reviews:views.open") },
    { kind: "flag", key: "mine", label: t("reviews:views.mine") },
  ];
}

/** Everybody's, unless the reader's own are asked for; nothing is said about `open` when both are wanted. */
function queryOf({ filters, cursor, limit }: Ask, list: List): ListTasksData["query"] {
  return {
    kind: lists[list],
    everybody: filters["mine"] !== "true",
    ...(filters["open"] === "true" && { open: true }),
    cursor,
    limit,
  };
}

function columnsOf(t: TFunction, list: List): Column<TaskView>[] {
  const release: Column<TaskView> = {
    key: "release",
    title: t("tasks:column.release"),
    fixed: true,
    render: ({ release: { number } }) => (
      <Link to={paths.releaseTab(number, "closure")} style={{ whiteSpace: "nowrap" }}>
        {number}
      </Link>
    ),
  };
  const title: Column<TaskView> = {
    key: "release-title",
    title: t("releases:column.title"),
    width: 320,
    render: (task) => task.release.title,
  };
  const action: Column<TaskView> = {
    key: "title",
    title: t("reviews:action"),
    fixed: true,
    width: 320,
    render: ({ id, title }) => <Link to={paths.task(id)}>{title}</Link>,
  };
  return [
    ...(list === "reviews" ? [release, title] : [action, release]),
    { key: "assignee", title: t("tasks:column.assignee"), render: ({ assignee }) => assignee.name },
    {
      key: "due",
      title: t("tasks:column.due"),
      render: ({ due_at, state }) => <Due at={due_at} isOpen={state === "open" || state === "submitted"} />,
    },
    { key: "state", title: t("tasks:column.state"), render: ({ state }) => <TaskStateTag state={state} /> },
  ];
}
