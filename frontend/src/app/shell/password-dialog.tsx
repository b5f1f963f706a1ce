import { useCommand } from "@/api/command";
import { reauthenticateMutation } from "@/api/generated/@tanstack/react-query.gen";
import { reauthentication } from "@/api/reauthentication";
import { session } from "@/api/session";
import { ProblemAlert } from "@/ui/problem-alert";
import { Button, Flex, Form, Input, Modal, Typography } from "antd";
import { useSyncExternalStore, type ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** Asks for the password again before a decision that needs it (5.6b). */
export function PasswordDialog(): ReactElement {
  const { t } = useTranslation();
  const isAsking = useSyncExternalStore(reauthentication.subscribe, reauthentication.isAsking);
  return (
    <Modal
      open={isAsking}
      title={t("auth:again.title")}
      footer={null}
      onCancel={() => reauthentication.answer(false)}
      destroyOnHidden
    >
      <PasswordForm />
    </Modal>
  );
}

function PasswordForm(): ReactElement {
  const { t } = useTranslation();
  const confirm = useCommand(reauthenticateMutation(), (token) => {
    session.begin(token);
    reauthentication.answer(true);
  });
  return (
    <Form<{ password: string }> layout="vertical" onFinish={(body) => confirm.mutate({ body })}>
      <Typography.Paragraph>{t("auth:again.advice")}</Typography.Paragraph>
      <Form.Item name="password" label={t("auth:password")} rules={[{ required: true, message: t("common:required") }]}>
        <Input.Password autoComplete="current-password" autoFocus maxLength={128} />
      </Form.Item>
      <ProblemAlert error={confirm.error} />
      <Flex justify="end" gap={8} style={{ marginBlockStart: 12 }}>
        <Button onClick={() => reauthentication.answer(false)}>{t("common:cancel")}</Button>
        <Button type="primary" htmlType="submit" loading={confirm.isPending}>
          {t("auth:again.confirm")}
        </Button>
      </Flex>
    </Form>
  );
}
