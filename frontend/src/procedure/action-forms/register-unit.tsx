import { words } from "@/api/words";
import { useCommand } from "@/api/command";
import { registerUnitMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { UnitRequest } from "@/api/generated/types.gen";
import { useProblemFields } from "@/ui/form/problem-fields";
import { Sha256Field } from "@/ui/form/sha256-field";
import { Form, Input, Select } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { ActionFormProps } from "../action-forms";
import { FormEnd } from "../form-end";

const pointers = ["/name", "/version", "/kind", "/sha256", "/source", "/previous_version"];

/** What goes into production: one file or package with its version and fingerprint (3.1b). */
export function Component({ release, action, onClose }: ActionFormProps): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<UnitRequest>();
  const send = useCommand(registerUnitMutation(), onClose);
  const shown = useProblemFields(form, send.error, pointers);
  const needed = [{ required: true, message: t("common:required") }];
  return (
    <Form<UnitRequest>
      form={form}
      layout="vertical"
      onFinish={({ source, previous_version, ...unit }) =>
        send.mutate({
          path: { number: release.number },
          body: {
            ...unit,
            source: source ? source : null,
            previous_version: previous_version ? previous_version : null,
          },
        })
      }
    >
      <Form.Item name="name" label={t("testing:unit.name")} rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="version" label={t("testing:unit.version")} rules={needed}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="kind" label={t("testing:unit.kind")} rules={needed}>
        <Select options={words.UnitKind.map((kind) => ({ value: kind, label: t(`enums:UnitKind.${kind}`) }))} />
      </Form.Item>
      <Form.Item name="sha256" label={t("testing:unit.sha256")} rules={needed} extra={t("testing:unit.sha256Hint")}>
        <Sha256Field />
      </Form.Item>
      <Form.Item name="source" label={t("testing:unit.source")}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="previous_version" label={t("testing:unit.previous")} extra={t("testing:unit.previousHint")}>
        <Input maxLength={100} />
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
