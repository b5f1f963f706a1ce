import type { UserWithPasswordView } from "@/api/generated/types.gen";
import { Dialog } from "@/ui/dialog";
import { Alert, Flex, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** The password for the first sign-in: shown now and never again. */
export function OneTimePassword({
  issued,
  onClose,
}: {
  issued: UserWithPasswordView;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const { user, one_time_password: password } = issued;
  return (
    <Dialog
      open
      title={t("registers:password.title", { name: user.name })}
      mask={{ closable: false }}
      okText={t("registers:password.noted")}
      onOk={onClose}
      onCancel={onClose}
      footer={(_, { OkBtn }) => <OkBtn />}
    >
      {password === null ? (
        <Alert type="warning" showIcon title={t("registers:password.replayed")} />
      ) : (
        <Flex vertical gap={12}>
          <Typography.Text>{t("registers:password.advice")}</Typography.Text>
          <Flex vertical>
            <Typography.Text type="secondary">{t("registers:users.login")}</Typography.Text>
            <Typography.Text copyable>{user.login}</Typography.Text>
          </Flex>
          <Flex vertical>
            <Typography.Text type="secondary">{t("registers:password.label")}</Typography.Text>
            <Typography.Text copyable code style={{ fontSize: 16 }}>
              {password}
            </Typography.Text>
          </Flex>
        </Flex>
      )}
    </Dialog>
  );
}
