import { logInMutation } from "@/api/generated/@tanstack/react-query.gen";
import { session } from "@/api/session";
import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { ProblemAlert } from "./problem-alert";

interface Fields {
  login: string;
  password: string;
}

interface Props {
  /** Who was signed in, when a session has ended. */
  login?: string | undefined;
  onDone: (login: string) => void;
}

/** Login and password. */
export function SignInForm({ login, onDone }: Props): ReactElement {
  const { t } = useTranslation();
  const signIn = useMutation({
    ...logInMutation(),
    onSuccess: (token, { body }) => {
      session.begin(token);
      onDone(body.login);
    },
  });
  return (
    <Form<Fields>
      layout="vertical"
      requiredMark={false}
      initialValues={{ login }}
      onFinish={(fields) => signIn.mutate({ body: { login: fields.login.trim(), password: fields.password } })}
    >
      <Form.Item name="login" label={t("auth:login")} rules={[{ required: true, message: t("common:required") }]}>
        <Input
          autoComplete="username"
          autoFocus={login === undefined}
          maxLength={64}
          autoCapitalize="none"
          spellCheck={false}
        />
      </Form.Item>
      <Form.Item name="password" label={t("auth:password")} rules={[{ required: true, message: t("common:required") }]}>
        <Input.Password autoComplete="current-password" autoFocus={login !== undefined} maxLength={128} />
      </Form.Item>
      <Form.Item hidden={signIn.error === null}>
        <ProblemAlert error={signIn.error} />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
        {t("auth:signIn")}
      </Button>
    </Form>
  );
}
