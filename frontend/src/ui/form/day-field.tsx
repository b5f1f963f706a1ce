import { DatePicker } from "antd";
import dayjs from "dayjs";
import type { ReactElement } from "react";

interface Props {
  id?: string;
  value?: string | null;
  onChange?: (day: string | undefined) => void;
  "aria-label"?: string;
}

/** A day in company time, chosen or typed. A field of a form: its value is the day as the API takes it, `2026-12-01`. */
export function DayField({ id, value, onChange, ...rest }: Props): ReactElement {
  return (
    <DatePicker
      {...(id !== undefined && { id })}
      aria-label={rest["aria-label"]}
      format="YYYY-MM-DD"
      value={value ? dayjs(value) : null}
      onChange={(day) => onChange?.(day ? day.format("YYYY-MM-DD") : undefined)}
      style={{ width: "100%" }}
    />
  );
}
