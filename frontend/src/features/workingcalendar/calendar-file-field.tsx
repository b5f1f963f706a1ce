import { FileTextOutlined } from "@ant-design/icons";
import { Button, Flex, Upload } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { calendarFile, type CalendarFile } from "./published";

interface Props {
  id?: string;
  value?: CalendarFile;
  onChange?: (file: CalendarFile) => void;
  /** Told of each file that was chosen. */
  onChoose: (file: CalendarFile) => void;
}

/** A file with the days of a year, from this computer. A field of a form: its value is what the file says. */
export function CalendarFileField({ id, value, onChange, onChoose }: Props): ReactElement {
  const { t } = useTranslation();
  const read = async (file: File) => {
    const chosen = calendarFile(file.name, await file.text());
    onChange?.(chosen);
    onChoose(chosen);
  };
  return (
    <Flex gap={8} wrap align="center" {...(id !== undefined && { id })}>
      <Upload
        accept=".ics,.json,text/calendar,application/json"
        showUploadList={false}
        beforeUpload={(file) => {
          void read(file);
          return false;
        }}
      >
        <Button icon={<FileTextOutlined />}>{t("workingcalendar:import.choose")}</Button>
      </Upload>
      {value !== undefined && <span className="fabu-long-text">{value.name}</span>}
    </Flex>
  );
}
