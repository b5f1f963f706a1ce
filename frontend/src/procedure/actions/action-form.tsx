import { useCommand } from "@/api/command";
import { forget, keep, kept } from "@/lib/storage";
import { useProblemFields } from "@/ui/form/problem-fields";
import type { ActionFormProps } from "@/procedure/action-forms";
import { ProblemAlert } from "@/ui/problem-alert";
import { App, Button, Checkbox, Flex, Form, Typography } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { sentOf } from "./body";
import { keyOf, pathOf, type ActionForm, type Values } from "./field";
import { FieldInput } from "./field-input";
import { actionTable } from "./table";

/** The form of an action, made from its row of the table. */
export function Component(props: ActionFormProps): ReactElement | null {
  const row = actionTable[props.action.name];
  return row === undefined ? null : <Filled {...props} row={row} />;
}

function isValues(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function Filled({ release, action, subject, onClose, row }: ActionFormProps & { row: ActionForm }): ReactElement {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const draft = `action.${release.number}.${action.name}.${subject ?? ""}`;
  const target = row.fields.find((field) => field.in === "path");
  const command = useCommand(row.operation, () => {
    forget(draft);
    void message.success(t("actions:done", { action: action.label }));
    onClose();
  });
  const pointers = row.fields.filter((field) => field.in !== "path").map((field) => `/${pathOf(field).join("/")}`);
  const shown = useProblemFields(form, command.error, pointers);
  // What stands in the form at first; a release read anew does not touch what was typed since.
  const [initial] = useState(() => ({
    ...row.defaults?.(release, new Date(), subject),
    ...kept(draft, isValues),
    ...(target && subject !== undefined && { [keyOf(target)]: subject }),
  }));
  const asked = row.fields.filter((field) => !(field === target && subject !== undefined));
  const about = t(`actions:about.${action.name}`);
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      initialValues={initial}
      onValuesChange={(_, values) => keep(draft, typedOf(row, values))}
      onFinish={() => {
        const values = { ...(form.getFieldsValue(true) as Values) };
        command.mutate(
          sentOf(row, release, { ...values, ...(target && subject !== undefined && { [keyOf(target)]: subject }) }),
        );
      }}
    >
      <Typography.Paragraph type="secondary">{about}</Typography.Paragraph>
      {asked.map((field) => (
        <FieldInput key={keyOf(field)} release={release} field={field} />
      ))}
      {row.isConfirmed === true && (
        <Form.Item
          name="is_confirmed"
          valuePropName="checked"
          rules={[
            {
              validator: (_, value) =>
                value === true ? Promise.resolve() : Promise.reject(new Error(t("actions:confirm.first"))),
            },
          ]}
        >
          <Checkbox>{t("actions:confirm.sure", { action: action.label, number: release.number })}</Checkbox>
        </Form.Item>
      )}
      <ProblemAlert error={command.error} shownAtFields={shown} />
      <Flex justify="end" gap={8} style={{ marginBlockStart: 12 }}>
        <Button onClick={onClose}>{t("common:cancel")}</Button>
        <Button type="primary" htmlType="submit" danger={row.isDanger ?? false} loading={command.isPending}>
          {action.label}
        </Button>
      </Flex>
    </Form>
  );
}

/** What is worth keeping of a form that was left: texts and choices, not the confirmation, and no time that goes stale. */
function typedOf(row: ActionForm, values: Values): Values {
  const stale = new Set(row.fields.filter(({ kind }) => kind === "instant" || kind === "units").map(keyOf));
  return Object.fromEntries(Object.entries(values).filter(([name]) => name !== "is_confirmed" && !stale.has(name)));
}
