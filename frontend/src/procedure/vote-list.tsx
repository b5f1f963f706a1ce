import type { ApprovalMemberView, ApprovalSummary, PersonView } from "@/api/generated/types.gen";
import { When } from "@/ui/when";
import { Flex, Tag, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { ApprovalStateTag, DecisionTag } from "./approval-card";

/** What the votes come to, in figures, beside the rule: never mixed up with the answers themselves. */
export function Outcome({ approval }: { approval: ApprovalSummary }): ReactElement {
  const { t } = useTranslation();
  const { members, rule } = approval;
  const votes = members.flatMap(({ vote }) => vote ?? []);
  const agreed = votes.filter(({ decision }) => decision !== "return").length;
  const needed = rule.quorum === "at_least" ? (rule.count ?? members.length) : members.length;
  const must = members.filter(({ user }) => rule.must_include?.includes(user.id)).map(({ user }) => user.name);
  return (
    <Flex vertical gap={4}>
      <Flex gap={8} align="baseline" wrap>
        <ApprovalStateTag state={approval.state} />
        <span>{t("procedure:outcome.count", { agreed, needed, returned: votes.length - agreed })}</span>
      </Flex>
      <Typography.Text type="secondary">
        {rule.quorum === "all"
          ? t("procedure:outcome.all", { of: members.length })
          : t("procedure:outcome.atLeast", { needed, of: members.length })}
        {must.length > 0 && t("procedure:outcome.must", { who: must.join(t("common:listSeparator")) })}
      </Typography.Text>
      {approval.void_reason !== null && (
        <Typography.Text type="warning">
          {t("procedure:outcome.void", { reason: approval.void_reason })}
        </Typography.Text>
      )}
    </Flex>
  );
}

interface Props {
  approval: ApprovalSummary;
  /** People whose names stand for ids in conditions. */
  people?: readonly PersonView[];
}

/** Every member with the answer in full: comment, conditions, by whom it was really given. */
export function VoteList({ approval, people = [] }: Props): ReactElement {
  return (
    <ul className="fabu-plain-list">
      {approval.members.map((member) => (
        <li key={`${member.user.id} ${JSON.stringify(member.capacity)}`}>
          <Vote member={member} approval={approval} people={people} />
        </li>
      ))}
    </ul>
  );
}

interface VoteProps {
  member: ApprovalMemberView;
  approval: ApprovalSummary;
  people: readonly PersonView[];
}

function Vote({ member, approval, people }: VoteProps): ReactElement {
  const { user, capacity_name, sections, vote, unable, notice } = member;
  const { t } = useTranslation();
  const nameOf = (id: string): string => people.find((person) => person.id === id)?.name ?? "";
  return (
    <Flex vertical gap={2}>
      <Flex gap={8} align="baseline" wrap>
        <strong>{user.name}</strong>
        <Typography.Text type="secondary">{capacity_name ?? t("procedure:vote.stakeholder")}</Typography.Text>
        {vote ? <DecisionTag decision={vote.decision} /> : <Tag style={{ margin: 0 }}>{t("procedure:awaited")}</Tag>}
        {vote?.as_deputy === true && <Tag color="purple">{t("procedure:vote.deputy", { name: vote.by.name })}</Tag>}
        {vote?.carried_from && <Tag>{t("procedure:vote.carried")}</Tag>}
      </Flex>
      {notice !== null && <Typography.Text type={unable ? "danger" : "warning"}>{notice}</Typography.Text>}
      {sections.length > 0 && (
        <Typography.Text type="secondary">
          {t("procedure:vote.sections", {
            sections: sections
              .map((name) => t(`content:section.${approval.document}.${name}`))
              .join(t("common:listSeparator")),
          })}
        </Typography.Text>
      )}
      {vote && vote.comment !== "" && <span className="fabu-long-text">{vote.comment}</span>}
      {vote && vote.conditions.length > 0 && (
        <ol className="fabu-rows">
          {vote.conditions.map(({ text, assignee, due }) => (
            <li key={text}>
              {text}
              {assignee && nameOf(assignee) !== "" && ` · ${nameOf(assignee)}`}
              {due && ` · ${due}`}
            </li>
          ))}
        </ol>
      )}
      {vote && (
        <Typography.Text type="secondary">
          <When at={vote.at} />
          {vote.reauthenticated && ` · ${t("procedure:vote.reauthenticated")}`}
        </Typography.Text>
      )}
    </Flex>
  );
}
