import type { Filter } from "@/ui/list-page/filters";
import { Tag } from "antd";
import type { TFunction } from "i18next";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** Says that an entry is no longer offered; nothing while it is. */
export function ActiveTag({ active }: { active: boolean }): ReactElement {
  const { t } = useTranslation();
  return <Tag color={active ? "green" : "default"}>{t(active ? "registers:active.yes" : "registers:active.no")}</Tag>;
}

/** The filter for active and inactive entries, which every register has. */
export function activeFilter(t: TFunction): Filter {
  return {
    kind: "choice",
    key: "active",
    label: t("registers:active.label"),
    options: [
      { value: "true", label: t("registers:active.yes") },
      { value: "false", label: t("registers:active.no") },
    ],
  };
}
