import { session } from "@/api/session";
import { paths } from "@/lib/paths";
import { PasswordForm } from "@/ui/password-form";
import { useSyncExternalStore, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Navigate } from "react-router";
import { EntryFrame } from "./entry-frame";

/** Replaces a one-time password; nothing else is possible before. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const state = useSyncExternalStore(session.subscribe, session.state);
  if (state !== "must-change-password") return <Navigate to={paths.workbench} replace />;
  return (
    <EntryFrame title={t("auth:change.title")} advice={t("auth:change.advice")}>
      <PasswordForm />
    </EntryFrame>
  );
}
