import {
  createAdministratorMutation,
  logInMutation,
  viewSetupOptions,
} from "@/api/generated/@tanstack/react-query.gen";
import { session } from "@/api/session";
import { currentLanguage } from "@/lib/language";
import { paths } from "@/lib/paths";
import { useProblemFields } from "@/ui/form/problem-fields";
import { ProblemAlert } from "@/ui/problem-alert";
import { Button, Form, Input, Typography } from "antd";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useLocation, useNavigate } from "react-router";
import { EntryFrame } from "./entry-frame";

interface Fields {
  login: string;
  name: string;
  password: string;
  token: string;
}

/** The first account of an empty system: an administrator, who then brings in everybody else. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  // Behind `#`, so that it is in no log of a proxy: the link that the server printed at its start.
  const token = new URLSearchParams(useLocation().hash.slice(1)).get("token") ?? "";
  const [form] = Form.useForm<Fields>();
  const setup = useQuery(viewSetupOptions());
  const signIn = useMutation({
    ...logInMutation(),
    onSuccess: (token) => {
      session.begin(token);
      void navigate(paths.setupSteps, { replace: true });
    },
  });
  const create = useMutation({
    ...createAdministratorMutation(),
    onSuccess: (_, { body: { login, password } }) => signIn.mutate({ body: { login, password } }),
  });
  const shown = useProblemFields(form, create.error, ["/login", "/name", "/password", "/token"]);
  const needed = { required: true, whitespace: true, message: t("common:required") };
  if (setup.data?.needed === false && !create.isSuccess) return <Navigate to={paths.workbench} replace />;
  return (
    <EntryFrame title={t("auth:setup.title")} advice={t("auth:setup.advice")}>
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ token }}
        onFinish={(fields) => create.mutate({ body: { ...fields, language: currentLanguage() } })}
      >
        <Form.Item name="name" label={t("auth:setup.name")} rules={[needed]}>
          <Input autoComplete="name" autoFocus maxLength={100} />
        </Form.Item>
        <Form.Item name="login" label={t("auth:login")} extra={t("auth:setup.loginRule")} rules={[needed]}>
          <Input autoComplete="username" maxLength={64} autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        <Form.Item
          name="password"
          label={t("auth:password")}
          extra={t("auth:passwordRule")}
          rules={[needed, { min: 12, message: t("auth:passwordRule") }]}
        >
          <Input.Password autoComplete="new-password" maxLength={128} />
        </Form.Item>
        <Form.Item name="token" label={t("auth:setup.token")} extra={t("auth:setup.tokenRule")} rules={[needed]}>
          <Input autoComplete="off" maxLength={64} autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        <Form.Item hidden={create.error === null && signIn.error === null}>
          <ProblemAlert error={create.error ?? signIn.error} shownAtFields={shown} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={create.isPending || signIn.isPending}>
          {t("auth:setup.create")}
        </Button>
      </Form>
      <Typography.Paragraph type="secondary" style={{ margin: "16px 0 0" }}>
        {t("auth:setup.example")}
      </Typography.Paragraph>
    </EntryFrame>
  );
}
