import { TimePicker } from "antd";
import dayjs from "dayjs";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  id?: string;
  /** `08:40`. */
  value?: string | null;
  onChange?: (time: string | undefined) => void;
  "aria-label"?: string;
}

/** A time of the day in company time, chosen or typed. A field of a form: its value is `08:40`. */
export function TimeField({ id, value, onChange, ...rest }: Props): ReactElement {
  const { t } = useTranslation();
  return (
    <TimePicker
      {...(id !== undefined && { id })}
      aria-label={rest["aria-label"]}
      format="HH:mm"
      placeholder={t("form:time")}
      needConfirm={false}
      value={value ? dayjs(`2000-01-01T${value}`) : null}
      onChange={(time) => onChange?.(time ? time.format("HH:mm") : undefined)}
      style={{ width: "100%" }}
    />
  );
}
