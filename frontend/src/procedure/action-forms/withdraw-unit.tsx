import { useCommand } from "@/api/command";
import { withdrawUnitMutation } from "@/api/generated/@tanstack/react-query.gen";
import { useProblemFields } from "@/ui/form/problem-fields";
import { Form, Input, Select } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { ActionFormProps } from "../action-forms";
import { FormEnd } from "../form-end";

interface Fields {
  unit: string;
  reason: string;
}

/** Takes a unit out of the release; it stays on record. */
export function Component({ release, action, subject, onClose }: ActionFormProps): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const send = useCommand(withdrawUnitMutation(), onClose);
  const shown = useProblemFields(form, send.error, ["/reason"]);
  const needed = [{ required: true, message: t("common:required") }];
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      initialValues={{ unit: subject }}
      onFinish={({ unit, reason }) =>
        send.mutate({ path: { number: release.number, unit_id: unit }, body: { reason } })
      }
    >
      <Form.Item name="unit" label={t("testing:run.unit")} rules={needed}>
        <Select options={release.units.map(({ id, name, version }) => ({ value: id, label: `${name} ${version}` }))} />
      </Form.Item>
      <Form.Item name="reason" label={t("testing:unit.reason")} rules={needed}>
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={20_000} />
      </Form.Item>
      <FormEnd
        label={action.label}
        error={send.error}
        shownAtFields={shown}
        isPending={send.isPending}
        onClose={onClose}
      />
    </Form>
  );
}
