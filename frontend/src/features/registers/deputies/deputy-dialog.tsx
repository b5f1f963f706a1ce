import { useCommand } from "@/api/command";
import { createDeputyMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { DeputyRequest } from "@/api/generated/types.gen";
import { DayField } from "@/ui/form/day-field";
import { FormDialog } from "@/ui/form/form-dialog";
import { PersonSelect } from "@/ui/form/person-select";
import { today } from "@/lib/time";
import { Checkbox, Form } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** Says who stands in for somebody on some days. */
export function DeputyDialog({ principal, onClose }: { principal: string; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<DeputyRequest>();
  const create = useCommand(createDeputyMutation(), onClose);
  const needed = { required: true, message: t("common:required") };
  return (
    <FormDialog<DeputyRequest>
      title={t("registers:deputies.add")}
      form={form}
      initialValues={{ principal, from: today(), absent: true }}
      send={t("registers:deputies.add")}
      onSend={(body) => create.mutate({ body })}
      onClose={onClose}
      isPending={create.isPending}
      error={create.error}
      fields={["/principal", "/deputy", "/from", "/until", "/absent"]}
    >
      <Form.Item
        name="principal"
        label={t("registers:deputies.principal")}
        extra={t("registers:deputies.principalRule")}
        rules={[needed]}
      >
        <PersonSelect />
      </Form.Item>
      <Form.Item
        name="deputy"
        label={t("registers:deputies.deputy")}
        extra={t("registers:deputies.deputyRule")}
        rules={[needed]}
      >
        <PersonSelect />
      </Form.Item>
      <Form.Item name="from" label={t("registers:deputies.from")} rules={[needed]}>
        <DayField />
      </Form.Item>
      <Form.Item name="until" label={t("registers:deputies.until")} rules={[needed]}>
        <DayField />
      </Form.Item>
      <Form.Item name="absent" valuePropName="checked">
        <Checkbox>{t("registers:deputies.absentRule")}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}
