import { ifMatch, useCommand } from "@/api/command";
import { withdrawChangeMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { ChangeView } from "@/api/generated/types.gen";
import { FormDialog } from "@/ui/form/form-dialog";
import { Form, Input, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** Takes a change back: it can start no release any more. */
export function WithdrawDialog({ change, onClose }: { change: ChangeView; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ reason: string }>();
  const withdraw = useCommand(withdrawChangeMutation(), onClose);
  return (
    <FormDialog<{ reason: string }>
      title={t("changes:withdraw.title", { number: change.number })}
      form={form}
      send={t("changes:withdraw.send")}
      danger
      onSend={(body) => withdraw.mutate({ path: { id: change.id }, headers: ifMatch(change.version), body })}
      onClose={onClose}
      isPending={withdraw.isPending}
      error={withdraw.error}
      fields={["/reason"]}
    >
      <Typography.Paragraph>{t("changes:withdraw.advice")}</Typography.Paragraph>
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
