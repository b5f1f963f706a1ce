import { useCommand } from "@/api/command";
import { changePasswordMutation } from "@/api/generated/@tanstack/react-query.gen";
import { session } from "@/api/session";
import { Button, Form, Input } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { ProblemAlert } from "./problem-alert";
import { useProblemFields } from "./form/problem-fields";

interface Fields {
  current_password: string;
  new_password: string;
  again: string;
}

/** Changes one's own password. */
export function PasswordForm({ onDone }: { onDone?: () => void }): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const change = useCommand(changePasswordMutation(), (token) => {
    session.begin(token);
    form.resetFields();
    onDone?.();
  });
  const shown = useProblemFields(form, change.error, ["/current_password", "/new_password"]);
  const needed = { required: true, message: t("common:required") };
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={({ current_password, new_password }) => change.mutate({ body: { current_password, new_password } })}
    >
      <Form.Item name="current_password" label={t("auth:change.current")} rules={[needed]}>
        <Input.Password autoComplete="current-password" maxLength={128} />
      </Form.Item>
      <Form.Item
        name="new_password"
        label={t("auth:change.new")}
        extra={t("auth:passwordRule")}
        rules={[needed, { min: 12, message: t("auth:passwordRule") }]}
      >
        <Input.Password autoComplete="new-password" maxLength={128} />
      </Form.Item>
      <Form.Item
        name="again"
        label={t("auth:change.again")}
        dependencies={["new_password"]}
        rules={[
          needed,
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              value === getFieldValue("new_password")
                ? Promise.resolve()
                : Promise.reject(new Error(t("auth:change.differs"))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={128} />
      </Form.Item>
      <Form.Item hidden={change.error === null}>
        <ProblemAlert error={change.error} shownAtFields={shown} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {t("auth:change.save")}
      </Button>
    </Form>
  );
}
