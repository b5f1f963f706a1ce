import type { ChangedUserView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { Dialog } from "@/ui/dialog";
import { Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** What releases under way still wait for from a person who can act no more. */
export function LeftWaiting({ changed, onClose }: { changed: ChangedUserView; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <Dialog
      open
      title={t("registers:users.leftWaiting", { name: changed.name })}
      okText={t("registers:users.leftWaitingDone")}
      onOk={onClose}
      onCancel={onClose}
      cancelButtonProps={{ hidden: true }}
    >
      <Typography.Paragraph>{t("registers:users.leftWaitingHint")}</Typography.Paragraph>
      <ul className="fabu-plain-list">
        {changed.left_waiting.map(({ release_number, release_title, what, approval_id, task_id }) => (
          <li key={[release_number, what, approval_id, task_id].join(" ")}>
            <Link to={addressOf(release_number, approval_id, task_id)}>{what}</Link>{" "}
            <Typography.Text type="secondary">
              {release_number} {release_title}
            </Typography.Text>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function addressOf(release: string, approval: string | null, task: string | null): string {
  if (approval !== null) return paths.approval(approval);
  return task === null ? paths.release(release) : paths.task(task);
}
