import { viewSetupOptions } from "@/api/generated/@tanstack/react-query.gen";
import { session } from "@/api/session";
import { paths, returnAddress } from "@/lib/paths";
import { SignInForm } from "@/ui/sign-in-form";
import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useNavigate, useSearchParams } from "react-router";
import { EntryFrame } from "./entry-frame";

/** Signs in and goes on to the address that was asked for. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [parameters] = useSearchParams();
  const setup = useQuery(viewSetupOptions());
  const to = returnAddress(parameters.get("to"));
  if (setup.data?.needed === true) return <Navigate to={paths.setup} replace />;
  return (
    <EntryFrame title={t("auth:signIn")}>
      {setup.data?.example === true && (
        <Alert type="info" showIcon title={t("auth:exampleHint")} style={{ marginBlockEnd: 16 }} />
      )}
      <SignInForm
        onDone={() =>
          void navigate(session.state() === "must-change-password" ? paths.changePassword : to, { replace: true })
        }
      />
    </EntryFrame>
  );
}
