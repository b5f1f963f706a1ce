import { ifMatch, useCommand } from "@/api/command";
import { approveChangeMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { ChangeView } from "@/api/generated/types.gen";
import { thisMinute } from "@/lib/time";
import { FormDialog } from "@/ui/form/form-dialog";
import { InstantField } from "@/ui/form/instant-field";
import { Form, Input } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Fields {
  approved_by: string;
  approved_at: string;
  reference: string;
  impact: string;
  resources: string;
}

/** Enters the evidence that change management approved: by whom, where it is found, impact and resource analysis (9.1). */
export function ApproveDialog({ change, onClose }: { change: ChangeView; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const approve = useCommand(approveChangeMutation(), onClose);
  const needed = { required: true, message: t("common:required") };
  return (
    <FormDialog<Fields>
      title={t("changes:approve.title", { number: change.number })}
      form={form}
      initialValues={{ approved_at: thisMinute() }}
      send={t("changes:approve.send")}
      onSend={(fields) =>
        approve.mutate({
          path: { id: change.id },
          headers: ifMatch(change.version),
          body: fields,
        })
      }
      onClose={onClose}
      isPending={approve.isPending}
      error={approve.error}
      fields={["/approved_by", "/approved_at", "/reference", "/impact", "/resources"]}
    >
      <Form.Item name="approved_by" label={t("changes:approval.by")} rules={[needed]}>
        <Input maxLength={200} autoFocus />
      </Form.Item>
      <Form.Item name="approved_at" label={t("changes:approval.at")} extra={t("changes:timeHint")} rules={[needed]}>
        <InstantField />
      </Form.Item>
      <Form.Item
        name="reference"
        label={t("changes:approval.reference")}
        extra={t("changes:approve.referenceRule")}
        rules={[needed]}
      >
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item
        name="impact"
        label={t("changes:approval.impact")}
        extra={t("changes:approve.impactRule")}
        rules={[needed]}
      >
        <Input.TextArea rows={3} maxLength={20000} />
      </Form.Item>
      <Form.Item
        name="resources"
        label={t("changes:approval.resources")}
        extra={t("changes:approve.resourcesRule")}
        rules={[needed]}
      >
        <Input.TextArea rows={3} maxLength={20000} />
      </Form.Item>
    </FormDialog>
  );
}
