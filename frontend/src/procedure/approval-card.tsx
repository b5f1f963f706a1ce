import type { ApprovalItemView, ApprovalMemberView, ApprovalState, Decision } from "@/api/generated/types.gen";
import { approvalPage } from "@/lib/paths";
import { Due } from "@/ui/when";
import { Card, Flex, Tag, Typography } from "antd";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Clause } from "@/ui/reasons";

const stateColors: Record<ApprovalState, string> = { open: "blue", passed: "green", returned: "red", void: "default" };
const decisionColors: Record<Decision, string> = { pass: "green", pass_with_conditions: "gold", return: "red" };

/** Where a panel stands. */
export function ApprovalStateTag({ state }: { state: ApprovalState }): ReactElement {
  const { t } = useTranslation();
  return <Tag color={stateColors[state]}>{t(`enums:ApprovalState.${state}`)}</Tag>;
}

/** An answer. */
export function DecisionTag({ decision }: { decision: Decision }): ReactElement {
  const { t } = useTranslation();
  return (
    <Tag color={decisionColors[decision]} style={{ margin: 0 }}>
      {t(`enums:Decision.${decision}`)}
    </Tag>
  );
}

interface Props {
  approval: ApprovalItemView;
  /** Buttons at the end. */
  actions?: ReactNode;
}

/** A panel in a list: what is asked, of which release, until when, and who has answered what. */
export function ApprovalCard({ approval, actions }: Props): ReactElement {
  const { t } = useTranslation();
  const isOpen = approval.state === "open";
  return (
    <Card size="small">
      <Flex vertical gap={6}>
        <Flex justify="space-between" gap={8} wrap>
          <Link to={approvalPage(approval.id, approval.subject)}>
            <Typography.Text strong style={{ color: "inherit" }}>
              {approval.kind_name}
              {t("common:colon")}
              {approval.release.title}
            </Typography.Text>
          </Link>
          <ApprovalStateTag state={approval.state} />
        </Flex>
        <Flex gap={8} wrap align="baseline">
          <Link to={approval.subject.path}>{approval.release.number}</Link>
          <Typography.Text type="secondary">
            {t(`enums:DocumentKind.${approval.document}`)} {t("procedure:revision", { n: approval.revision })}
          </Typography.Text>
          <Clause clause={approval.clause} />
          <Due at={approval.due_at} isOpen={isOpen} />
        </Flex>
        <Votes members={approval.members} />
        {actions !== undefined && (
          <Flex gap={8} wrap>
            {actions}
          </Flex>
        )}
      </Flex>
    </Card>
  );
}

/** Every member of a panel with the answer given, or that it is awaited. */
export function Votes({ members }: { members: readonly ApprovalMemberView[] }): ReactElement {
  const { t } = useTranslation();
  return (
    <Flex gap={4} wrap>
      {members.map(({ user, capacity, capacity_name, vote, unable }) => (
        <Tag
          key={`${user.id} ${JSON.stringify(capacity)}`}
          color={vote ? decisionColors[vote.decision] : "default"}
          style={{ margin: 0 }}
        >
          {user.name}
          {capacity_name !== null && ` · ${capacity_name}`}
          {t("common:colon")}
          {vote ? t(`enums:Decision.${vote.decision}`) : t(unable ? "procedure:unable" : "procedure:awaited")}
        </Tag>
      ))}
    </Flex>
  );
}
