import { session } from "@/api/session";
import { SignInForm } from "@/ui/sign-in-form";
import { Modal, Typography } from "antd";
import { useSyncExternalStore, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/me";

/** The session ended while somebody was at work: signing in again goes on in place, and nothing typed is lost. */
export function SessionDialog(): ReactElement {
  const { t } = useTranslation();
  const state = useSyncExternalStore(session.subscribe, session.state);
  const me = useMe();
  return (
    <Modal
      open={state === "expired"}
      closable={false}
      keyboard={false}
      footer={null}
      title={t("auth:expired.title")}
      destroyOnHidden
    >
      <Typography.Paragraph>{t("auth:expired.advice")}</Typography.Paragraph>
      <SignInForm login={me?.login ?? undefined} onDone={(login) => login !== me?.login && window.location.reload()} />
    </Modal>
  );
}
