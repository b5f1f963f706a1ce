import { ifMatch, useCommand } from "@/api/command";
import { previewChangeWithdrawalOptions, withdrawChangeMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { ChangeView, WithdrawalPreviewView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { Dialog } from "@/ui/dialog";
import { FormDialog } from "@/ui/form/form-dialog";
import { useQuery } from "@tanstack/react-query";
import { Alert, Form, Input, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** Takes a change back: it can start no release any more. What that voids in an open release is said first (9.1). */
export function WithdrawDialog({ change, onClose }: { change: ChangeView; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ reason: string }>();
  const withdraw = useCommand(withdrawChangeMutation(), onClose);
  const preview = useQuery(previewChangeWithdrawalOptions({ path: { id: change.id } })).data;
  if (preview?.release != null && !preview.is_possible) {
    // Nothing to fill in: what helps is on the page of the release.
    return (
      <Dialog open title={t("changes:withdraw.title", { number: change.number })} onCancel={onClose} footer={null}>
        <Consequences preview={preview} release={preview.release} />
        <Link to={paths.release(preview.release)}>{t("changes:withdraw.toRelease", { release: preview.release })}</Link>
      </Dialog>
    );
  }
  return (
    <FormDialog<{ reason: string }>
      title={t("changes:withdraw.title", { number: change.number })}
      form={form}
      send={t(preview?.release == null ? "changes:withdraw.send" : "changes:withdraw.sendFromRelease")}
      danger
      onSend={({ reason }) =>
        withdraw.mutate({
          path: { id: change.id },
          headers: ifMatch(change.version),
          body: { reason, from_release: preview?.release != null },
        })
      }
      onClose={onClose}
      isPending={withdraw.isPending}
      error={withdraw.error}
      fields={["/reason"]}
    >
      <Typography.Paragraph>{t("changes:withdraw.advice")}</Typography.Paragraph>
      {preview?.release != null && <Consequences preview={preview} release={preview.release} />}
      <Form.Item
        name="reason"
        label={t("changes:withdraw.reason")}
        rules={[{ required: true, whitespace: true, message: t("common:required") }]}
      >
        <Input.TextArea rows={3} maxLength={20000} autoFocus />
      </Form.Item>
    </FormDialog>
  );
}

/** What the withdrawal would void in the release, or what is in its way. */
export function Consequences({ preview, release }: { preview: WithdrawalPreviewView; release: string }): ReactElement {
  const { t } = useTranslation();
  const { is_possible: isPossible, blocked_by: blockedBy, stage, stage_after: after, voided } = preview;
  const lines = isPossible
    ? [
        ...(after !== null && after !== stage
          ? [t("changes:withdraw.stage", { release, stage: t(`enums:Stage.${after}`) })]
          : []),
        ...(voided.length > 0
          ? [
              t("changes:withdraw.voided", {
                approvals: voided.map((kind) => t(`enums:ApprovalKind.${kind}`)).join(t("common:listSeparator")),
              }),
            ]
          : []),
      ]
    : blockedBy;
  return (
    <Alert
      type={isPossible ? "warning" : "error"}
      showIcon
      style={{ marginBlockEnd: 16 }}
      title={t(isPossible ? "changes:withdraw.fromRelease" : "changes:withdraw.blocked", { release })}
      description={lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    />
  );
}
