import type { MarkView, ProcedureVersionSummary, VersionState } from "@/api/generated/types.gen";
import { When } from "@/ui/when";
import { Tag, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

const colors: Record<VersionState, string> = {
  draft: "blue",
  in_review: "gold",
  approved: "cyan",
  in_force: "green",
  superseded: "default",
  withdrawn: "default",
};

/** Where a version stands. */
export function VersionTag({ state }: { state: VersionState }): ReactElement {
  const { t } = useTranslation();
  return (
    <Tag color={colors[state]} style={{ margin: 0 }}>
      {t(`enums:VersionState.${state}`)}
    </Tag>
  );
}

/** The three signatures under a version, in their order. */
export const signatures = ["prepared", "reviewed", "approved"] as const;

/** Who signed, and when. */
export function Signature({
  version,
  mark,
}: {
  version: ProcedureVersionSummary;
  mark: MarkView | null;
}): ReactElement {
  const { t } = useTranslation();
  if (mark === null) {
    const text = version.signed_on_paper ? "onPaper" : "notYet";
    return <Typography.Text type="secondary">{t(`versions:${text}`)}</Typography.Text>;
  }
  return (
    <span>
      {mark.by.name} <When at={mark.at} />
    </span>
  );
}
