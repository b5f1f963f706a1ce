import { PersonSelect } from "@/ui/form/person-select";
import { ClearOutlined } from "@ant-design/icons";
import { Button, DatePicker, Flex, Grid, Input, Select, Switch, Tag } from "antd";
import dayjs from "dayjs";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { isFiltered, type Filter, type FilterValues } from "./filters";

interface Props {
  filters: readonly Filter[];
  values: FilterValues;
  onChange: (changed: FilterValues) => void;
}

/** The filters of a list. Every change is in the address at once; text after the typing stops. */
export function FilterBar({ filters, values, onChange }: Props): ReactElement {
  const { t } = useTranslation();
  const isWide = Grid.useBreakpoint().md ?? true;
  const [isUnfolded, setUnfolded] = useState(false);
  const isWhole = isWide || isUnfolded;
  return (
    <Flex gap={8} wrap align="center" role="search" aria-label={t("list:filters")}>
      {(isWhole ? filters : filters.slice(0, 1)).map((filter) => (
        <FilterField key={filter.key} filter={filter} values={values} onChange={onChange} />
      ))}
      {!isWhole && filters.length > 1 && <Button onClick={() => setUnfolded(true)}>{t("list:moreFilters")}</Button>}
      {isFiltered(values) && (
        <Button
          type="text"
          icon={<ClearOutlined />}
          onClick={() => onChange(Object.fromEntries(Object.keys(values).map((key) => [key, null])))}
        >
          {t("list:clear")}
        </Button>
      )}
    </Flex>
  );
}

function FilterField({ filter, values, onChange }: Omit<Props, "filters"> & { filter: Filter }): ReactElement | null {
  const { t } = useTranslation();
  const { key, label } = filter;
  const value = values[key] ?? null;
  switch (filter.kind) {
    case "text": {
      const text = typeof value === "string" ? value : "";
      return <TextFilter key={text} label={label} value={text} onChange={(next) => onChange({ [key]: next })} />;
    }
    case "choice":
      return (
        <Select
          aria-label={label}
          placeholder={label}
          mode={filter.multiple === true ? "multiple" : undefined}
          value={value}
          options={filter.options}
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          maxTagCount="responsive"
          style={{ minWidth: 150, maxWidth: 320 }}
          onChange={(next: string | string[] | undefined) =>
            onChange({ [key]: next === undefined || next.length === 0 ? null : next })
          }
        />
      );
    case "flag":
      return (
        <label style={{ display: "inline-flex", gap: 6, alignItems: "center" }}>
          <Switch size="small" checked={value === "true"} onChange={(on) => onChange({ [key]: on ? "true" : null })} />
          {label}
        </label>
      );
    case "linked":
      return value === null ? null : (
        <Tag
          closable={{ "aria-label": t("list:clear") }}
          onClose={() => onChange({ [key]: null })}
          style={{ margin: 0 }}
        >
          {label}
        </Tag>
      );
    case "person":
      return (
        <div style={{ width: 220 }}>
          <PersonSelect
            aria-label={label}
            placeholder={label}
            value={typeof value === "string" ? value : null}
            onChange={(id) => onChange({ [key]: id ?? null })}
          />
        </div>
      );
    case "days": {
      const [from, to] = [values[`${key}_from`], values[`${key}_to`]];
      const day = (text: string | string[] | null | undefined) => (typeof text === "string" ? dayjs(text) : null);
      return (
        <DatePicker.RangePicker
          aria-label={label}
          value={[day(from), day(to)]}
          allowEmpty={[true, true]}
          placeholder={[t("list:from", { what: label }), t("list:until")]}
          style={{ maxWidth: 300 }}
          onChange={(days) =>
            onChange({
              [`${key}_from`]: days?.[0]?.format("YYYY-MM-DD") ?? null,
              [`${key}_to`]: days?.[1]?.format("YYYY-MM-DD") ?? null,
            })
          }
        />
      );
    }
  }
}

function TextFilter({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (text: string | null) => void;
}): ReactElement {
  const [typed, setTyped] = useState(value);
  return (
    <Input.Search
      aria-label={label}
      placeholder={label}
      value={typed}
      allowClear
      maxLength={200}
      style={{ width: 220 }}
      onChange={(event) => setTyped(event.target.value)}
      onSearch={(text) => onChange(text.trim() === "" ? null : text.trim())}
    />
  );
}
