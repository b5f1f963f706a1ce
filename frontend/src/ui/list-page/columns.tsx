import { keep, kept } from "@/lib/storage";
import { SettingOutlined } from "@ant-design/icons";
import { Button, Checkbox, Flex, Popover } from "antd";
import { useState, type ReactElement, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** A column of a list. */
export interface Column<T> {
  key: string;
  title: string;
  render: (row: T) => ReactNode;
  /** What the API calls the order by this column, when it has one. */
  sort?: string;
  /** Not shown until somebody asks for it. */
  hidden?: boolean;
  /** Cannot be taken away: it carries the link to the row's page. */
  fixed?: boolean;
  width?: number;
  align?: "start" | "end";
}

function isKeys(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((key) => typeof key === "string");
}

/** Which columns of a list are shown, remembered in this browser. */
export function useColumns<T>(list: string, columns: readonly Column<T>[]): [Column<T>[], (keys: string[]) => void] {
  const [keys, setKeys] = useState(() => kept(`columns.${list}`, isKeys));
  const shown = columns.filter(({ key, hidden, fixed }) => fixed === true || (keys?.includes(key) ?? hidden !== true));
  return [
    shown,
    (next) => {
      setKeys(next);
      keep(`columns.${list}`, next);
    },
  ];
}

interface ChooserProps<T> {
  all: readonly Column<T>[];
  shown: readonly Column<T>[];
  onChange: (keys: string[]) => void;
}

/** Lets people choose the columns of a list. */
export function ColumnChooser<T>({ all, shown, onChange }: ChooserProps<T>): ReactElement {
  const { t } = useTranslation();
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t("list:columns")}
      content={
        <Checkbox.Group value={shown.map(({ key }) => key)} onChange={(keys) => onChange(keys)}>
          <Flex vertical gap={4}>
            {all.map(({ key, title, fixed }) => (
              <Checkbox key={key} value={key} disabled={fixed === true}>
                {title}
              </Checkbox>
            ))}
          </Flex>
        </Checkbox.Group>
      }
    >
      <Button icon={<SettingOutlined />} aria-label={t("list:columns")} />
    </Popover>
  );
}
