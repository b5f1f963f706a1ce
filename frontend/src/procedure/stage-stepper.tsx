import type { ReleaseStatus, ReleaseKind, Stage } from "@/api/generated/types.gen";
import { procedure } from "@/api/words";
import { Grid, Steps, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  stage: Stage;
  status: ReleaseStatus;
  kind: ReleaseKind;
}

/** Where a release stands: done, current and coming stages. On a phone only the current one, with its place in the row. */
export function StageStepper({ stage, status, kind }: Props): ReactElement {
  const { t } = useTranslation();
  const isWide = Grid.useBreakpoint().lg ?? false;
  // The way through clauses 5.1 to 5.11. An emergency skips what it makes up afterwards (D11).
  const route: readonly Stage[] = procedure.stages[kind === "emergency" ? "emergency" : "underWay"];
  const at = stage === "completed" ? route.length : route.indexOf(stage);
  if (stage === "cancelled") return <Typography.Text type="danger">{t("enums:Stage.cancelled")}</Typography.Text>;
  if (!isWide) {
    return (
      <Typography.Text strong>
        {t("procedure:stageOf", {
          at: Math.min(at + 1, route.length),
          of: route.length,
          stage: t(`enums:Stage.${stage}`),
        })}
      </Typography.Text>
    );
  }
  return (
    <Steps
      size="small"
      titlePlacement="vertical"
      current={at}
      status={status === "suspended" ? "error" : "process"}
      items={route.map((name) => ({ title: t(`enums:Stage.${name}`) }))}
    />
  );
}
