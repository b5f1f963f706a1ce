import type { ReleaseKind, ReleaseStatus, Verdict } from "@/api/generated/types.gen";
import { Tag } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

const kindColors: Record<ReleaseKind, string> = { major: "blue", minor: "default", emergency: "red" };
const verdictColors: Record<Verdict, string> = {
  successful: "green",
  rolled_back: "orange",
  failed: "red",
  partial: "gold",
};

export function KindTag({ kind }: { kind: ReleaseKind }): ReactElement {
  const { t } = useTranslation();
  return <Tag color={kindColors[kind]}>{t(`enums:ReleaseKind.${kind}`)}</Tag>;
}

export function VerdictTag({ verdict }: { verdict: Verdict }): ReactElement {
  const { t } = useTranslation();
  return <Tag color={verdictColors[verdict]}>{t(`enums:Verdict.${verdict}`)}</Tag>;
}

/** Says that work rests or was given up; nothing while it goes on or has ended well. */
export function StatusTag({ status }: { status: ReleaseStatus }): ReactElement | null {
  const { t } = useTranslation();
  if (status !== "suspended" && status !== "cancelled") return null;
  return <Tag color={status === "suspended" ? "gold" : "default"}>{t(`enums:ReleaseStatus.${status}`)}</Tag>;
}
