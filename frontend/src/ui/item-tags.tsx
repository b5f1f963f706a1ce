import type { ConfigurationState, ItemLifecycle } from "@/api/generated/types.gen";
import { Tag } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

const lifecycleColors: Record<ItemLifecycle, string> = { planned: "blue", live: "green", retired: "default" };

const updateColors: Record<ConfigurationState, string> = {
  planned: "default",
  drafted: "gold",
  requested: "blue",
  returned: "red",
  confirmed: "green",
  dropped: "default",
};

/** Where a configuration item stands. */
export function ItemStateTag({ state }: { state: ItemLifecycle }): ReactElement {
  const { t } = useTranslation();
  return <Tag color={lifecycleColors[state]}>{t(`enums:ItemLifecycle.${state}`)}</Tag>;
}

/** Where the update of an item by a release stands. */
export function ItemUpdateTag({ state }: { state: ConfigurationState }): ReactElement {
  const { t } = useTranslation();
  return <Tag color={updateColors[state]}>{t(`enums:ConfigurationState.${state}`)}</Tag>;
}
