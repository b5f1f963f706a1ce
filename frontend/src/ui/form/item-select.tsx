import { sameNumber, useItemNumbered } from "@/api/items";
import { listConfigurationItemsOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { ConfigurationItemView } from "@/api/generated/types.gen";
import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { Flex, Select, Typography } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { usePaused } from "./use-paused";

interface Props {
  id?: string;
  /** The number of the item. */
  value?: string | null;
  onChange?: (number: string | undefined, item?: ConfigurationItemView) => void;
}

/** In which states items are offered: a retired one is not. */
const offeredStates = ["live", "planned"] as const;

/**
 * Chooses a configuration item, found by number or name. A field of a form: its value is the item's number. What is typed and
 * not registered is no value; one that an older draft holds stays as it is, with a warning.
 */
export function ItemSelect({ id, value, onChange }: Props): ReactElement {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const q = usePaused(typed.trim());
  const found = useQueries({
    queries: offeredStates.map((state) => ({
      ...listConfigurationItemsOptions({ query: { state, limit: 20, ...(q !== "" && { q }) } }),
      placeholderData: keepPreviousData,
    })),
  });
  const offered = found.flatMap(({ data }) => data?.items ?? []);
  const chosen = value ? value : undefined;
  const listed = offered.find(({ number }) => chosen !== undefined && sameNumber(number, chosen));
  const looked = useItemNumbered(chosen ?? "");
  const item = listed ?? looked;
  const options = offered.map((one) => ({ value: one.number, label: itemLabel(one) }));
  // What is chosen stands in the list as well, unless something else is searched for.
  if (chosen !== undefined && typed === "" && !options.some((option) => option.value === chosen)) {
    options.unshift({ value: chosen, label: item ? itemLabel(item) : chosen });
  }
  const warning = chosen === undefined ? undefined : warningOf(item);
  return (
    <Flex vertical gap={2}>
      <Select
        {...(id !== undefined && { id })}
        allowClear
        popupMatchSelectWidth={false}
        onOpenChange={(isOpen) => !isOpen && setTyped("")}
        showSearch={{ onSearch: setTyped, filterOption: false }}
        loading={found.some(({ isFetching }) => isFetching)}
        value={chosen}
        {...(warning !== undefined && { status: "warning" as const })}
        options={options}
        placeholder={t("form:item")}
        notFoundContent={t("form:noItem")}
        style={{ width: "100%" }}
        onChange={(number: string | undefined) =>
          onChange?.(
            number,
            offered.find((one) => one.number === number),
          )
        }
      />
      {warning !== undefined && (
        <Typography.Text type="warning" style={{ fontSize: 12 }}>
          {t(`form:${warning}`, { number: chosen })}
        </Typography.Text>
      )}
    </Flex>
  );
}

function warningOf(item: ConfigurationItemView | null | undefined): "unregisteredItem" | "retiredItem" | undefined {
  if (item === null) return "unregisteredItem";
  return item?.state === "retired" ? "retiredItem" : undefined;
}

/** `CI-0042 核心业务系统 · 3.2.0`. */
export function itemLabel({
  number,
  name,
  item_version: version,
}: Pick<ConfigurationItemView, "number" | "name" | "item_version">): string {
  return `${number} ${name}${version === null ? "" : ` · ${version}`}`;
}
