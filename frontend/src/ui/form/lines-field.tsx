import { Input } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  id?: string;
  value?: readonly string[];
  onChange?: (lines: string[]) => void;
}

/** One text per line. A field of a form: its value is the list of them. */
export function LinesField({ id, value = [], onChange }: Props): ReactElement {
  const { t } = useTranslation();
  return (
    <Input.TextArea
      {...(id !== undefined && { id })}
      value={value.join("\n")}
      placeholder={t("document:onePerLine")}
      autoSize={{ minRows: 2, maxRows: 8 }}
      onChange={(e) => onChange?.(e.target.value === "" ? [] : e.target.value.split("\n"))}
      onBlur={() => onChange?.(value.filter((line) => line.trim() !== ""))}
    />
  );
}
