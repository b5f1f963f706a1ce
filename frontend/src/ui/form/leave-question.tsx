import { Dialog } from "@/ui/dialog";
import { useCallback, useEffect, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useBlocker, type BlockerFunction } from "react-router";

/**
 * Asks before what was entered is lost: when another page is opened, and, in the browser's own words, when the page is reloaded
 * or closed. `isEntered` says whether there is something to lose; it is asked at that moment.
 */
export function LeaveQuestion({ isEntered }: { isEntered: () => boolean }): ReactElement {
  const { t } = useTranslation();
  const leads = useCallback<BlockerFunction>(
    ({ currentLocation, nextLocation }) => currentLocation.pathname !== nextLocation.pathname && isEntered(),
    [isEntered],
  );
  const blocker = useBlocker(leads);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (isEntered()) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isEntered]);
  return (
    <Dialog
      open={blocker.state === "blocked"}
      title={t("form:leave.title")}
      okText={t("form:leave.leave")}
      okButtonProps={{ danger: true }}
      cancelText={t("form:leave.stay")}
      onOk={() => blocker.proceed?.()}
      onCancel={() => blocker.reset?.()}
    >
      {t("form:leave.text")}
    </Dialog>
  );
}
