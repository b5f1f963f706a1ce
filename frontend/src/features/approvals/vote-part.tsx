import { useMe } from "@/api/me";
import type { ApprovalView, Decision, ReleaseView } from "@/api/generated/types.gen";
import { DecisionTag } from "@/procedure/approval-card";
import { Alert, Button, Card, Flex, Grid, Typography } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { VoteDialog } from "./vote-dialog";

interface Props {
  approval: ApprovalView;
  release: ReleaseView | undefined;
}

/** The three answers, always within reach: beside the content on a desk, at the lower edge on a phone. */
export function VotePart({ approval, release }: Props): ReactElement {
  const { t } = useTranslation();
  const isWide = Grid.useBreakpoint().lg ?? false;
  const me = useMe();
  const [decision, setDecision] = useState<Decision>();
  const [isChanging, setChanging] = useState(false);
  const mine = approval.members.filter(({ user }) => approval.can_answer_for.some(({ id }) => id === user.id));
  const given = mine.flatMap(({ vote }) => vote ?? []);
  const isAnswered = mine.length > 0 && given.length === mine.length;
  if (approval.state === "void") return <></>;
  if (mine.length === 0) {
    return <Typography.Text type="secondary">{t("approvals:vote.notMember")}</Typography.Text>;
  }
  const isOpen = approval.state === "open";
  const deputyFor = approval.can_answer_for.filter(({ id }) => id !== me?.id);
  const isShown = isOpen ? !isAnswered || isChanging : isChanging;
  return (
    <Card
      size="small"
      title={<h2 className="fabu-card-title">{t("approvals:vote.title")}</h2>}
      className={isWide || !isShown ? "" : "fabu-at-hand"}
      style={{ width: "100%" }}
    >
      <Flex vertical gap={8}>
        {given.map((vote) => (
          <Flex key={vote.at} gap={8} align="center" wrap>
            <DecisionTag decision={vote.decision} />
            {isOpen && <Typography.Text type="secondary">{t("approvals:vote.again")}</Typography.Text>}
          </Flex>
        ))}
        {!isOpen && <Typography.Text type="secondary">{t("approvals:vote.late")}</Typography.Text>}
        {isShown && deputyFor.length > 0 && (
          <Alert
            type="info"
            title={t("approvals:vote.deputyFor", {
              name: deputyFor.map(({ name }) => name).join(t("common:listSeparator")),
            })}
          />
        )}
        {isShown ? (
          <Flex gap={8} wrap>
            {approval.decisions.map((answer) => (
              <Button
                key={answer}
                size="large"
                type={answer === "pass" ? "primary" : "default"}
                danger={answer === "return"}
                className="fabu-action"
                style={{ flex: "1 1 96px", paddingInline: 8 }}
                onClick={() => setDecision(answer)}
              >
                {t(`enums:Decision.${answer}`)}
              </Button>
            ))}
          </Flex>
        ) : (
          <Button onClick={() => setChanging(true)}>{t("approvals:vote.change")}</Button>
        )}
      </Flex>
      <VoteDialog
        approval={approval}
        release={release}
        decision={decision}
        onDecide={setDecision}
        onClose={() => setDecision(undefined)}
        onDone={() => {
          setDecision(undefined);
          setChanging(false);
        }}
      />
    </Card>
  );
}
