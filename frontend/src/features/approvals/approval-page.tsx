import { viewApprovalOptions, viewReleaseOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { ApprovalView, ReleaseView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { ConflictList, useSeesConflicts } from "@/procedure/conflicts/conflict-list";
import { DocumentReader } from "@/procedure/document/document-reader";
import { Page } from "@/ui/page";
import { Loaded } from "@/ui/page-states";
import { Outcome, VoteList } from "@/procedure/vote-list";
import { Clause } from "@/ui/reasons";
import { Due, When } from "@/ui/when";
import { useQuery } from "@tanstack/react-query";
import { Alert, Card, Flex, Grid } from "antd";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, Navigate, useParams } from "react-router";
import { Acceptance, AgainstPlan, Differences, Facts, Risks, Rollback, TestResult } from "./approval-facts";
import { VotePart } from "./vote-part";

/** One approval with everything that a member needs to see before answering; made for a phone first. */
export function Component(): ReactElement {
  const { id = "" } = useParams();
  const approval = useQuery({ ...viewApprovalOptions({ path: { id } }), enabled: id !== "" });
  return (
    <Loaded query={approval}>
      {(data) =>
        data.subject.kind === "quarterly_report" ? (
          // It is decided on its own page.
          <Navigate to={data.subject.path} replace />
        ) : (
          <Approval approval={data} />
        )
      }
    </Loaded>
  );
}

function Approval({ approval }: { approval: ApprovalView }): ReactElement {
  const { t } = useTranslation();
  const isWide = Grid.useBreakpoint().lg ?? false;
  const isOfRelease = approval.subject.kind === "release";
  const seesConflicts = useSeesConflicts();
  const release = useQuery({
    ...viewReleaseOptions({ path: { number: approval.release.number } }),
    enabled: isOfRelease,
  });
  const vote = <VotePart key={approval.id} approval={approval} release={release.data} />;
  return (
    <Page
      title={`${approval.kind_name}${t("common:colon")}${approval.release.title}`}
      subtitle={
        <Flex gap={8} wrap align="baseline" component="span">
          <Link to={approval.subject.path}>{approval.release.number}</Link>
          <Due at={approval.due_at} isOpen={approval.state === "open"} />
          <Clause clause={approval.clause} />
        </Flex>
      }
    >
      <Flex gap={16} align="start" vertical={!isWide}>
        <Flex vertical gap={12} style={{ flex: 1, minWidth: 0, width: "100%" }}>
          <Alert type="info" showIcon title={t(`approvals:asked.${approval.kind}`)} />
          {release.data && <Newer approval={approval} release={release.data} />}
          <Part title={t(isOfRelease ? "approvals:part.facts" : "approvals:part.about")}>
            <Facts approval={approval} release={release.data} />
          </Part>
          {(isOfRelease || approval.changes_since !== null) && (
            <Part title={t("approvals:part.changes")}>
              <Differences approval={approval} />
            </Part>
          )}
          {approval.content && (
            <Part title={t("approvals:part.content")}>
              <DocumentReader
                key={String(isWide)}
                kind={approval.document}
                content={approval.content}
                release={release.data}
                folding={isWide ? "open" : "closed"}
              />
            </Part>
          )}
          {approval.open_conditions.length > 0 && (
            <Part title={t("approvals:part.conditions")}>
              <ul className="fabu-plain-list">
                {approval.open_conditions.map((task) => (
                  <li key={task.id}>
                    <Link to={paths.task(task.id)}>{task.title}</Link> · {task.assignee.name} ·{" "}
                    <Due at={task.due_at} isOpen />
                  </li>
                ))}
              </ul>
            </Part>
          )}
          {approval.document === "go_live_plan" && (
            <Part title={t("approvals:part.againstPlan")}>
              <AgainstPlan approval={approval} />
            </Part>
          )}
          {isOfRelease && (
            <>
              <Part title={t("approvals:part.acceptance")}>
                <Acceptance approval={approval} />
              </Part>
              <Part title={t("approvals:part.risks")}>
                <Risks risks={approval.risks} />
              </Part>
            </>
          )}
          {release.data && (
            <>
              {approval.document !== "release_plan" && (
                <Part title={t("approvals:part.rollback")}>
                  <Rollback release={release.data} approval={approval} />
                </Part>
              )}
              {approval.document !== "test_report" && (
                <Part title={t("approvals:part.test")}>
                  <TestResult release={release.data} />
                </Part>
              )}
              {seesConflicts && (
                <Part title={t("approvals:part.conflicts")}>
                  <ConflictList release={release.data} />
                </Part>
              )}
            </>
          )}
          {approval.remarks.length > 0 && (
            <Part title={t("approvals:part.remarks")}>
              <ul className="fabu-plain-list">
                {approval.remarks.map((remark) => (
                  <li key={remark.at}>
                    <strong>{remark.by.name}</strong> <When at={remark.at} />
                    <div className="fabu-long-text">{remark.text}</div>
                  </li>
                ))}
              </ul>
            </Part>
          )}
        </Flex>
        <Flex vertical gap={12} style={{ width: isWide ? 360 : "100%" }} className={isWide ? "fabu-beside" : ""}>
          <Part title={t("approvals:part.panel")}>
            <Flex vertical gap={12}>
              <Outcome approval={approval} />
              <VoteList approval={approval} people={release.data?.team.map(({ user }) => user) ?? []} />
            </Flex>
          </Part>
          {isWide && vote}
        </Flex>
      </Flex>
      {!isWide && vote}
    </Page>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }): ReactElement {
  return (
    <Card size="small" title={<h2 className="fabu-card-title">{title}</h2>} style={{ width: "100%" }}>
      {children}
    </Card>
  );
}

/** Where a void approval has been asked anew. */
function Newer({ approval, release }: { approval: ApprovalView; release: ReleaseView }): ReactElement | null {
  const { t } = useTranslation();
  const newer = release.approvals.find(
    ({ kind, state, id }) => kind === approval.kind && state === "open" && id !== approval.id,
  );
  if (approval.state !== "void") return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t("approvals:vote.void")}
      description={newer && <Link to={paths.approval(newer.id)}>{t("approvals:vote.newer")}</Link>}
    />
  );
}
