import { toField, toInstant } from "@/lib/time";
import { DatePicker } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  id?: string;
  value?: string | null;
  onChange?: (instant: string | undefined) => void;
  disabled?: boolean;
  "aria-label"?: string;
}

/** A moment in company time, chosen or typed. A field of a form: its value is the instant that the API takes. */
export function InstantField({ id, value, onChange, disabled, ...rest }: Props): ReactElement {
  const { t } = useTranslation();
  return (
    <DatePicker
      {...(id !== undefined && { id })}
      aria-label={rest["aria-label"]}
      showTime={{ format: "HH:mm" }}
      format="YYYY-MM-DD HH:mm"
      placeholder={t("form:instant")}
      disabled={disabled ?? false}
      value={value ? toField(value) : null}
      onChange={(typed) => onChange?.(typed ? toInstant(typed) : undefined)}
      style={{ width: "100%" }}
    />
  );
}
