import { compareRevisionsOptions, viewRevisionOptions } from "@/api/generated/@tanstack/react-query.gen";
import type {
  ApprovalView,
  DocumentKind,
  ReleasePlan,
  ReleaseView,
  RiskView,
  TestReport,
} from "@/api/generated/types.gen";
import { formatDistance, formatWindow } from "@/lib/time";
import { Changes } from "@/procedure/document/changes";
import { useNames } from "@/ui/names";
import { Loaded } from "@/ui/page-states";
import { When } from "@/ui/when";
import { useQuery } from "@tanstack/react-query";
import { Descriptions, Flex, Tag, Typography } from "antd";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface Row {
  label: string;
  value: ReactNode;
}

/** Facts under each other, each with its label. */
function FactList({ rows }: { rows: readonly (Row | undefined)[] }): ReactElement {
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, sm: 1, md: 2 }}
      items={rows.flatMap((row) => (row ? [{ key: row.label, label: row.label, children: row.value }] : []))}
    />
  );
}

/** The release, the document and its hash. */
export function Facts({
  approval,
  release,
}: {
  approval: ApprovalView;
  release: ReleaseView | undefined;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <FactList
      rows={[
        release && { label: t("approvals:fact.kind"), value: t(`enums:ReleaseKind.${release.kind}`) },
        release && { label: t("approvals:fact.stage"), value: release.stage.name },
        release && {
          label: t("approvals:fact.window"),
          value: release.window ? formatWindow(release.window.start, release.window.end) : t("approvals:fact.noWindow"),
        },
        release && {
          label: t("approvals:fact.customer"),
          value: release.customer?.name ?? t("approvals:fact.internal"),
        },
        {
          label: t("approvals:fact.document"),
          value: `${t(`enums:DocumentKind.${approval.document}`)} ${t("procedure:revision", { n: approval.revision })}`,
        },
        approval.phase === null
          ? undefined
          : {
              label: t("approvals:fact.phase"),
              value: approval.phase === "full" ? t("approvals:fact.full") : approval.phase,
            },
        {
          label: t("approvals:fact.opened"),
          value: (
            <span>
              {approval.opened_by.name} · <When at={approval.opened_at} />
            </span>
          ),
        },
        approval.place === "" ? undefined : { label: t("approvals:fact.place"), value: approval.place },
        {
          label: t("approvals:fact.sha256"),
          value: (
            <Typography.Text code style={{ overflowWrap: "anywhere" }} copyable={{ text: approval.sha256 }}>
              {approval.sha256.slice(0, 16)}
            </Typography.Text>
          ),
        },
      ]}
    />
  );
}

/** What has changed since the reader's last answer, else since the revision before. */
export function Differences({ approval }: { approval: ApprovalView }): ReactElement {
  const { t } = useTranslation();
  const { changes_since: since, document: kind, revision } = approval;
  const compared = useQuery({
    ...compareRevisionsOptions({
      path: { number: approval.release.number, kind },
      query: { from: Math.max(revision - 1, 1), to: revision },
    }),
    enabled: since === null && revision > 1,
  });
  if (since === null && revision <= 1)
    return <Typography.Text type="secondary">{t("approvals:first")}</Typography.Text>;
  if (since !== null) return <Difference from={since.revision} kind={kind} changes={since.changes} intro="since" />;
  return (
    <Loaded query={compared}>
      {({ from, changes }) => <Difference from={from} kind={kind} changes={changes} intro="against" />}
    </Loaded>
  );
}

interface DifferenceProps {
  from: number;
  kind: DocumentKind;
  changes: NonNullable<ApprovalView["changes_since"]>["changes"];
  intro: "since" | "against";
}

function Difference({ from, kind, changes, intro }: DifferenceProps): ReactElement {
  const { t } = useTranslation();
  if (changes.length === 0) return <span>{t("content:change.none", { count: from })}</span>;
  return (
    <Flex vertical gap={8}>
      <span>{t(`approvals:${intro}`, { n: from })}</span>
      <Changes kind={kind} changes={changes} />
    </Flex>
  );
}

const gradeColors = { low: "green", medium: "gold", high: "red" } as const;

/** The risks of the plan with their control, and who took what is left. */
export function Risks({ risks }: { risks: readonly RiskView[] }): ReactElement {
  const { t } = useTranslation();
  if (risks.length === 0) return <Typography.Text type="secondary">{t("approvals:noRisks")}</Typography.Text>;
  return (
    <ul className="fabu-plain-list">
      {risks.map(({ key, cause, control, level, residual, accepted_by }) => (
        <li key={key}>
          <Flex gap={6} wrap align="baseline">
            <strong>{cause}</strong>
            {level && (
              <Tag color={gradeColors[level]}>{t("approvals:risk.level", { grade: t(`enums:Grade.${level}`) })}</Tag>
            )}
            {residual && (
              <Tag color={gradeColors[residual]}>
                {t("approvals:risk.residual", { grade: t(`enums:Grade.${residual}`) })}
              </Tag>
            )}
          </Flex>
          <div className="fabu-long-text">{control}</div>
          {accepted_by && (
            <Typography.Text type="secondary">
              {t("approvals:risk.accepted", { name: accepted_by.name })}
            </Typography.Text>
          )}
          {!accepted_by && residual === "high" && (
            <Typography.Text type="danger">{t("approvals:risk.notAccepted")}</Typography.Text>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The newest submitted revision of a document of the release; nothing before the first. */
function useNewest(release: ReleaseView, kind: DocumentKind) {
  const revision = release.documents.find((document) => document.kind === kind)?.revision ?? 0;
  const query = useQuery({
    ...viewRevisionOptions({ path: { number: release.number, kind, revision } }),
    enabled: revision > 0,
  });
  return { exists: revision > 0, query };
}

/** What the customer accepts against, and what the customer said (5.4d). */
export function Acceptance({ approval }: { approval: ApprovalView }): ReactElement {
  const { t } = useTranslation();
  const { acceptance_criteria: criteria, acceptance } = approval.basis;
  return (
    <Flex vertical gap={8}>
      {criteria.length === 0 ? (
        <Typography.Text type="secondary">{t("approvals:acceptance.noCriteria")}</Typography.Text>
      ) : (
        <ul className="fabu-rows">
          {criteria.map(({ key, text }) => (
            <li key={key} className="fabu-long-text">
              {text}
            </li>
          ))}
        </ul>
      )}
      {acceptance && (
        <Flex gap={8} wrap align="baseline">
          <Tag color={acceptance.state === "passed" ? "green" : acceptance.state === "returned" ? "red" : "default"}>
            {acceptance.decision
              ? t(`enums:Decision.${acceptance.decision}`)
              : t(`enums:ApprovalState.${acceptance.state}`)}
          </Tag>
          {acceptance.by && acceptance.at && (
            <Typography.Text type="secondary">
              {acceptance.by.name} · <When at={acceptance.at} />
            </Typography.Text>
          )}
          {acceptance.comment !== "" && <span className="fabu-long-text">{acceptance.comment}</span>}
        </Flex>
      )}
    </Flex>
  );
}

/** Where the go-live plan is not what the release plan said (5.5). */
export function AgainstPlan({ approval }: { approval: ApprovalView }): ReactElement {
  const { t } = useTranslation();
  const changes = approval.basis.differences_from_plan ?? [];
  if (changes.length === 0) return <span>{t("approvals:asPlanned")}</span>;
  return <Changes kind="go_live_plan" changes={changes} />;
}

/** When and by whose word one rolls back. */
export function Rollback({ release, approval }: { release: ReleaseView; approval: ApprovalView }): ReactElement {
  const { t } = useTranslation();
  const { exists, query } = useNewest(release, "release_plan");
  const plan = query.data?.content as ReleasePlan | undefined;
  const { calculated, stated } = approval.basis.latest_safe_start;
  const names = useNames([plan?.rollback?.decider]);
  if (!exists) return <Typography.Text type="secondary">{t("approvals:rollback.none")}</Typography.Text>;
  return (
    <Loaded query={query}>
      {() => (
        <FactList
          rows={[
            { label: t("approvals:rollback.criteria"), value: plan?.rollback?.criteria },
            calculated === null
              ? undefined
              : {
                  label: t("approvals:rollback.calculated"),
                  value: (
                    <span>
                      <When at={calculated} /> ({formatDistance(calculated)})
                    </span>
                  ),
                },
            stated === null || stated === calculated
              ? undefined
              : { label: t("approvals:rollback.latest"), value: <When at={stated} /> },
            plan?.rollback?.decider
              ? { label: t("approvals:rollback.decider"), value: names(plan.rollback.decider) }
              : undefined,
          ]}
        />
      )}
    </Loaded>
  );
}

/** What the tests came to. */
export function TestResult({ release }: { release: ReleaseView }): ReactElement {
  const { t } = useTranslation();
  const { exists, query } = useNewest(release, "test_report");
  const report = query.data?.content as TestReport | undefined;
  const rehearsal = report?.rollback_rehearsal;
  if (!exists) return <Typography.Text type="secondary">{t("approvals:noTest")}</Typography.Text>;
  return (
    <Loaded query={query}>
      {() => (
        <FactList
          rows={[
            report?.verdict
              ? {
                  label: t("approvals:test.verdict"),
                  value: (
                    <Tag color={report.verdict === "pass" ? "green" : "red"}>
                      {t(`enums:TestVerdict.${report.verdict}`)}
                    </Tag>
                  ),
                }
              : undefined,
            {
              label: t("approvals:test.rehearsal"),
              value:
                rehearsal?.rehearsed === true
                  ? t("approvals:test.rehearsed", { minutes: rehearsal.duration_minutes ?? 0 })
                  : t("approvals:test.exempt", { reason: rehearsal?.exemption_reason ?? "" }),
            },
            report?.summary ? { label: t("approvals:test.summary"), value: report.summary } : undefined,
          ]}
        />
      )}
    </Loaded>
  );
}
