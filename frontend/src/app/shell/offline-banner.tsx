import { Alert } from "antd";
import { useSyncExternalStore, type ReactElement } from "react";
import { useTranslation } from "react-i18next";

function subscribe(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** Says that the network is gone, and that nothing typed is lost. */
export function OfflineBanner(): ReactElement | null {
  const { t } = useTranslation();
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  return isOnline ? null : <Alert banner type="warning" title={t("shell:offline")} />;
}
