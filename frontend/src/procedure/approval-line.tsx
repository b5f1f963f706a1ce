import type { ApprovalSummary } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { Due, When } from "@/ui/when";
import { Flex, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ApprovalStateTag, Votes } from "./approval-card";

/** A panel of a release in a list: what it was asked, on which revision, and what came of it. */
export function ApprovalLine({ approval }: { approval: ApprovalSummary }): ReactElement {
  const { t } = useTranslation();
  return (
    <Flex vertical gap={4}>
      <Flex gap={8} wrap align="baseline" justify="space-between">
        <Flex gap={8} wrap align="baseline">
          <Link to={paths.approval(approval.id)}>{approval.kind_name}</Link>
          <Typography.Text type="secondary">
            {t("procedure:revision", { n: approval.revision })}
            {approval.phase !== null && ` · ${approval.phase}`}
          </Typography.Text>
        </Flex>
        <ApprovalStateTag state={approval.state} />
      </Flex>
      <Votes members={approval.members} />
      <Typography.Text type="secondary">
        {approval.state === "open" ? (
          <Due at={approval.due_at} />
        ) : (
          approval.decided_at && <When at={approval.decided_at} />
        )}
      </Typography.Text>
      {approval.void_reason && <Typography.Text type="secondary">{approval.void_reason}</Typography.Text>}
    </Flex>
  );
}
