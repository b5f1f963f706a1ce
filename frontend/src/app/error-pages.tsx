import { paths } from "@/lib/paths";
import { LinkButton } from "@/ui/link-button";
import { Failed } from "@/ui/page-states";
import { Button, Result } from "antd";
import { useEffect, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useRouteError } from "react-router";

/** There is no such address. */
export function NotFoundPage(): ReactElement {
  const { t } = useTranslation();
  return (
    <Result
      status="404"
      title={t("problems:page.404.title")}
      subTitle={t("problems:page.404.advice")}
      extra={
        <LinkButton to={paths.workbench} type="primary">
          {t("problems:toWorkbench")}
        </LinkButton>
      }
    />
  );
}

/** A person without a role has the own account and nothing else. */
export function NoRolePage(): ReactElement {
  const { t } = useTranslation();
  return (
    <Result
      status="info"
      title={t("problems:noRole.title")}
      subTitle={t("problems:noRole.advice")}
      extra={
        <LinkButton to={paths.me} type="primary">
          {t("me:title")}
        </LinkButton>
      }
    />
  );
}

/** A page broke, or its code could not be loaded, for instance after an update of the server. */
export function CrashPage(): ReactElement {
  const { t } = useTranslation();
  const error = useRouteError();
  const isOldCode = error instanceof TypeError && /dynamically imported module|module script/i.test(error.message);
  useEffect(() => {
    if (isOldCode && reloadOnce()) window.location.reload();
  }, [isOldCode]);
  return (
    <Result
      status="error"
      title={t(isOldCode ? "problems:oldCode.title" : "problems:unexpected.title")}
      subTitle={t(isOldCode ? "problems:oldCode.advice" : "problems:unexpected.advice")}
      extra={
        <Button type="primary" onClick={() => window.location.reload()}>
          {t("problems:reloadPage")}
        </Button>
      }
    >
      {!isOldCode && <Failed error={error} />}
    </Result>
  );
}

/** True at most once a minute, so that a server without the code does not make the page reload for ever. */
function reloadOnce(): boolean {
  const last = Number(sessionStorage.getItem("fabu.reloaded") ?? 0);
  sessionStorage.setItem("fabu.reloaded", String(Date.now()));
  return Date.now() - last > 60_000;
}
