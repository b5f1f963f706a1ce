import type { ApprovalSummary } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { Nothing } from "@/ui/page-states";
import { Clause } from "@/ui/reasons";
import { ReleaseAction, useReleasePage } from "@/procedure/release-page";
import { Outcome, VoteList } from "@/procedure/vote-list";
import { Section } from "@/ui/section";
import { Due, When } from "@/ui/when";
import { Flex, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** Every panel of the release with its answers, the open ones first, then the newest. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  const newestFirst = release.approvals.toReversed();
  const inOrder = [
    ...newestFirst.filter(({ state }) => state === "open"),
    ...newestFirst.filter(({ state }) => state !== "open"),
  ];
  const people = release.team.map(({ user }) => user);
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} wrap>
        <ReleaseAction name="convene_plan_review" />
        <ReleaseAction name="convene_go_live_approval" />
        <ReleaseAction name="revise_go_live_plan" />
        <ReleaseAction name="accept_risk" />
      </Flex>
      {inOrder.length === 0 && <Nothing text={t("work:approvals.nothing")} />}
      {inOrder.map((approval) => (
        <Section
          key={approval.id}
          id={`approval-${approval.id}`}
          title={<Link to={paths.approval(approval.id)}>{approval.kind_name}</Link>}
          extra={<Clause clause={approval.clause} />}
        >
          <Flex vertical gap={10}>
            <Asked approval={approval} />
            <Outcome approval={approval} />
            <VoteList approval={approval} people={people} />
          </Flex>
        </Section>
      ))}
    </Flex>
  );
}

function Asked({ approval }: { approval: ApprovalSummary }): ReactElement {
  const { t } = useTranslation();
  return (
    <Flex gap={8} wrap align="baseline">
      <span>
        {t(`enums:DocumentKind.${approval.document}`)} {t("procedure:revision", { n: approval.revision })}
      </span>
      {approval.phase !== null && (
        <span>{approval.phase === "full" ? t("actions:fullPhase") : t("work:phase", { phase: approval.phase })}</span>
      )}
      <Typography.Text type="secondary">
        {t("work:approvals.convened", { name: approval.opened_by.name })} <When at={approval.opened_at} />
      </Typography.Text>
      {approval.state === "open" ? (
        <Due at={approval.due_at} />
      ) : (
        approval.decided_at !== null && (
          <Typography.Text type="secondary">
            {t("work:approvals.decided")} <When at={approval.decided_at} />
          </Typography.Text>
        )
      )}
    </Flex>
  );
}
