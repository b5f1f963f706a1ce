import { ifMatch, useCommand } from "@/api/command";
import { listJobsOptions, requeueJobMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { JobStatus, JobView } from "@/api/generated/types.gen";
import { words } from "@/api/words";
import { formatShort } from "@/lib/time";
import { AdminNav } from "@/ui/admin-nav";
import type { Column } from "@/ui/list-page/columns";
import type { Filter } from "@/ui/list-page/filters";
import { ListPage } from "@/ui/list-page/list-page";
import { plainQuery } from "@/ui/list-page/plain-query";
import { Page } from "@/ui/page";
import { PermittedButton } from "@/ui/permitted-button";
import { ProblemAlert } from "@/ui/problem-alert";
import { Card, Flex, Tag, Typography } from "antd";
import type { TFunction } from "i18next";
import { useMemo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { StorageUse } from "./storage-use";
import { WorkerHealth } from "./worker-health";

const colors: Record<JobStatus, string> = { pending: "blue", running: "gold", done: "green", dead: "red" };

/** What the system does in the background: what waits, what failed and why, and whether it keeps up. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const requeue = useCommand(requeueJobMutation());
  const { mutate, isPending, variables } = requeue;
  const filters = useMemo(() => filtersOf(t), [t]);
  const columns = useMemo(() => {
    const step = (job: JobView) => (
      <Requeue
        job={job}
        isBusy={isPending && variables.path.id === job.id}
        onClick={() => mutate({ path: { id: job.id }, headers: ifMatch(job.version) })}
      />
    );
    return columnsOf(t, step);
  }, [t, mutate, isPending, variables]);
  return (
    <Page title={t("jobs:title")} subtitle={t("jobs:subtitle")}>
      <AdminNav />
      <WorkerHealth />
      <StorageUse />
      <ProblemAlert error={requeue.error} />
      <ListPage
        name="jobs"
        filters={filters}
        columns={columns}
        // A value that the API does not know is refused there, with its reason.
        query={(ask) => listJobsOptions({ query: plainQuery(ask) })}
        rowKey={({ id }) => id}
        card={(job) => (
          <JobCard job={job}>
            <Requeue
              job={job}
              isBusy={isPending && variables.path.id === job.id}
              onClick={() => mutate({ path: { id: job.id }, headers: ifMatch(job.version) })}
            />
          </JobCard>
        )}
        views={[
          { name: t("jobs:views.all"), search: "" },
          { name: t("jobs:views.dead"), search: "status=dead" },
          { name: t("jobs:views.waiting"), search: "status=pending" },
        ]}
        nothing={{ text: t("jobs:nothing") }}
      />
    </Page>
  );
}

function filtersOf(t: TFunction): Filter[] {
  return [
    {
      kind: "choice",
      key: "status",
      label: t("jobs:status"),
      options: words.JobStatus.map((value) => ({ value, label: t(`enums:JobStatus.${value}`) })),
    },
    { kind: "text", key: "kind", label: t("jobs:kindFilter") },
  ];
}

function columnsOf(t: TFunction, step: (job: JobView) => ReactElement | null): Column<JobView>[] {
  return [
    { key: "kind", title: t("jobs:kind"), fixed: true, render: ({ kind }) => <Kind kind={kind} /> },
    { key: "status", title: t("jobs:status"), render: ({ status }) => <Status status={status} /> },
    {
      key: "queue",
      title: t("jobs:queue"),
      hidden: true,
      render: ({ queue }) => (queue === null ? t("jobs:otherVersion") : t(`enums:Queue.${queue}`)),
    },
    {
      key: "attempts",
      title: t("jobs:attempts"),
      align: "end",
      render: ({ attempts, max_attempts }) => `${attempts}/${max_attempts}`,
    },
    { key: "losses", title: t("jobs:losses"), align: "end", hidden: true, render: ({ losses }) => losses },
    { key: "created", title: t("jobs:createdAt"), render: ({ created_at }) => formatShort(created_at) },
    { key: "run", title: t("jobs:runAt"), hidden: true, render: ({ run_at }) => formatShort(run_at) },
    {
      key: "finished",
      title: t("jobs:finishedAt"),
      render: ({ finished_at }) => finished_at !== null && formatShort(finished_at),
    },
    {
      key: "error",
      title: t("jobs:error"),
      width: 320,
      render: ({ last_error }) => <span className="fabu-long-text">{last_error}</span>,
    },
    {
      key: "payload",
      title: t("jobs:payload"),
      hidden: true,
      render: ({ payload }) => <code>{JSON.stringify(payload)}</code>,
    },
    { key: "step", title: t("registers:step"), render: step },
  ];
}

/** What a job does, in words where this version of the pages knows them, and as the log calls it. */
function Kind({ kind }: { kind: string }): ReactElement {
  const { t } = useTranslation();
  return (
    <Flex vertical>
      <span>{t(`jobs:kinds.${kind}`, { defaultValue: kind })}</span>
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>
        <code>{kind}</code>
      </Typography.Text>
    </Flex>
  );
}

function Status({ status }: { status: JobStatus }): ReactElement {
  const { t } = useTranslation();
  return <Tag color={colors[status]}>{t(`enums:JobStatus.${status}`)}</Tag>;
}

interface RequeueProps {
  job: JobView;
  isBusy: boolean;
  onClick: () => void;
}

/** Gives a job that was given up its tries back; there is nothing to do about the others. */
function Requeue({ job, isBusy, onClick }: RequeueProps): ReactElement | null {
  const { t } = useTranslation();
  if (job.status !== "dead") return null;
  return (
    <PermittedButton size="small" operation="requeue_job" loading={isBusy} onClick={onClick}>
      {t("jobs:requeue")}
    </PermittedButton>
  );
}

function JobCard({ job, children }: { job: JobView; children: ReactElement }): ReactElement {
  return (
    <Card size="small">
      <Flex vertical gap={4}>
        <Flex justify="space-between" gap={8} align="start">
          <Kind kind={job.kind} />
          <Status status={job.status} />
        </Flex>
        <Typography.Text type="secondary">
          {formatShort(job.finished_at ?? job.created_at)} · {job.attempts}/{job.max_attempts}
        </Typography.Text>
        {job.last_error !== null && <span className="fabu-long-text">{job.last_error}</span>}
        <Flex gap={8}>{children}</Flex>
      </Flex>
    </Card>
  );
}
