import type { ReleaseSummaryView } from "@/api/generated/types.gen";
import { documentTabs } from "@/lib/api-page";
import { paths } from "@/lib/paths";
import { formatWindow } from "@/lib/time";
import { Dialog } from "@/ui/dialog";
import { Alert, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

/** A release and the time to which somebody wants to move it. */
export interface Move {
  release: ReleaseSummaryView;
  start: string;
  end: string;
}

/**
 * Asks before a window is moved. Nothing moves here: the new time is entered into the plan, which is checked, submitted and
 * approved as any other revision.
 */
export function MoveDialog({ move, onClose }: { move: Move; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { release, start, end } = move;
  const plan = planOf(release);
  const lead = () => {
    onClose();
    const window = `window=${encodeURIComponent(`${start}~${end}`)}`;
    void navigate(
      plan === undefined
        ? paths.release(release.number)
        : `${paths.releaseTab(release.number, documentTabs[plan])}?${window}`,
    );
  };
  return (
    <Dialog
      open
      title={t("calendar:move.title", { number: release.number })}
      okText={t(plan === undefined ? "calendar:move.toRelease" : "calendar:move.toPlan")}
      cancelText={t("common:cancel")}
      onOk={lead}
      onCancel={onClose}
    >
      <p>
        {release.title}
        {t("common:colon")}
        {release.window && formatWindow(release.window.start, release.window.end)} → {formatWindow(start, end)}
      </p>
      {plan === undefined ? (
        <Alert type="warning" showIcon title={t("calendar:move.approved")} />
      ) : (
        <Typography.Text type="secondary">{t("calendar:move.rule")}</Typography.Text>
      )}
    </Dialog>
  );
}

/** The plan in which the window is written now; none once it is being approved or was. */
function planOf({ stage, kind }: ReleaseSummaryView): "release_plan" | "go_live_plan" | undefined {
  if (stage.code === "planning") return "release_plan";
  return stage.code === "go_live_planning" && kind !== "emergency" ? "go_live_plan" : undefined;
}

const ahead = new Set([
  "planning",
  "plan_review",
  "testing",
  "acceptance",
  "go_live_planning",
  "go_live_approval",
  "readiness",
]);

/** True for a release whose window can still be another one. */
export function isMovable({ stage }: ReleaseSummaryView): boolean {
  return ahead.has(stage.code);
}
