import type { ChangeKind, ChangeStanding, ChangeState } from "@/api/generated/types.gen";
import { Tag } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

const stateColors: Record<ChangeState, string> = { registered: "blue", approved: "green", withdrawn: "default" };

export function ChangeStateTag({ state }: { state: ChangeState }): ReactElement {
  const { t } = useTranslation();
  return <Tag color={stateColors[state]}>{t(`enums:ChangeState.${state}`)}</Tag>;
}

export function ChangeKindTag({ kind }: { kind: ChangeKind }): ReactElement {
  const { t } = useTranslation();
  return <Tag color={kind === "emergency" ? "red" : "default"}>{t(`enums:ChangeKind.${kind}`)}</Tag>;
}

const standingColors: Record<ChangeStanding, string> = {
  registered: "blue",
  waiting: "gold",
  planned: "blue",
  deploying: "blue",
  updating: "gold",
  reopened: "red",
  implemented: "green",
  withdrawn: "default",
};

export function ChangeStandingTag({ standing }: { standing: ChangeStanding }): ReactElement {
  const { t } = useTranslation();
  return <Tag color={standingColors[standing]}>{t(`enums:ChangeStanding.${standing}`)}</Tag>;
}
