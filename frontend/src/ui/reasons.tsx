import type { BlockedBy, ReasonKind } from "@/api/generated/types.gen";
import { apiPage } from "@/lib/api-page";
import { paths } from "@/lib/paths";
import { ExclamationCircleOutlined, HourglassOutlined, LockOutlined } from "@ant-design/icons";
import { Flex, Tag, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

const icons: Record<ReasonKind, ReactElement> = {
  missing: <ExclamationCircleOutlined />,
  waiting: <HourglassOutlined />,
  not_permitted: <LockOutlined />,
};

const colors: Record<ReasonKind, string> = { missing: "orange", waiting: "blue", not_permitted: "default" };

/** Why a step is not possible: something is missing, somebody else must act, or it is somebody else's role. */
export function Reasons({ reasons }: { reasons: readonly BlockedBy[] }): ReactElement {
  return (
    <ul style={{ margin: 0, padding: 0, listStyle: "none" }}>
      {reasons.map((reason) => (
        <li key={`${reason.code} ${reason.message}`} style={{ paddingBlock: 2 }}>
          <Reason reason={reason} />
        </li>
      ))}
    </ul>
  );
}

/** One reason: its kind, the sentence, who can clear it, where, and the clause that asks for it. */
export function Reason({ reason }: { reason: BlockedBy }): ReactElement {
  const { t } = useTranslation();
  const page = apiPage(reason.href);
  const who = reason.who.map(({ name }) => name).join(t("common:listSeparator"));
  return (
    <Flex gap={6} align="baseline" wrap>
      <Tag icon={icons[reason.kind]} color={colors[reason.kind]} style={{ margin: 0 }}>
        {t(`procedure:reason.${reason.kind}`)}
      </Tag>
      <span>{reason.message}</span>
      {who !== "" && <Typography.Text type="secondary">{t("procedure:reason.who", { who })}</Typography.Text>}
      <Clause clause={reason.clause} />
      {page !== undefined && <Link to={page}>{t("procedure:reason.goThere")}</Link>}
    </Flex>
  );
}

/** The clause of the procedure that something comes from, leading to its text. */
export function Clause({ clause }: { clause: string }): ReactElement | null {
  const { t } = useTranslation();
  if (clause === "") return null;
  return (
    <Link to={paths.clause(clause)} style={{ fontSize: 12, whiteSpace: "nowrap" }}>
      {t("procedure:clause", { clause })}
    </Link>
  );
}
