import { ifMatch, useCommand } from "@/api/command";
import { replaceCalendarYearMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { CalendarYearView, DayView } from "@/api/generated/types.gen";
import { DayField } from "@/ui/form/day-field";
import { FormDialog } from "@/ui/form/form-dialog";
import { DeleteOutlined, FileTextOutlined, PlusOutlined } from "@ant-design/icons";
import { Alert, Button, Flex, Form, Input, Segmented, Upload } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { publishedDays } from "./published";

interface Fields {
  source: string;
  days: DayView[];
}

/** Enters the holidays and make-up days of a year, one by one or from the file in which they are published. */
export function YearDialog({ year, onClose }: { year: CalendarYearView; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const [isUnreadable, setUnreadable] = useState(false);
  const replace = useCommand(replaceCalendarYearMutation(), onClose);
  const read = async (file: File) => {
    const days = publishedDays(await file.text(), year.year);
    setUnreadable(days === undefined);
    if (days !== undefined) form.setFieldValue("days", days);
  };
  return (
    <FormDialog<Fields>
      title={t("workingcalendar:yearOf", { year: year.year })}
      form={form}
      initialValues={{ source: year.source, days: year.days }}
      send={t("common:save")}
      onSend={({ source, days }) =>
        replace.mutate({
          path: { year: year.year },
          headers: ifMatch(year.version),
          body: {
            source: source.trim() === "" ? null : source.trim(),
            days: days.toSorted((one, other) => one.date.localeCompare(other.date)),
          },
        })
      }
      onClose={onClose}
      isPending={replace.isPending}
      error={replace.error}
      fields={["/source", "/days"]}
      width={680}
    >
      <Form.Item name="source" label={t("workingcalendar:sourceField")} extra={t("workingcalendar:sourceRule")}>
        <Input maxLength={200} />
      </Form.Item>
      <Flex vertical gap={8} style={{ marginBlockEnd: 12 }}>
        <Upload
          accept=".json,application/json"
          showUploadList={false}
          beforeUpload={(file) => {
            void read(file);
            return false;
          }}
        >
          <Button icon={<FileTextOutlined />}>{t("workingcalendar:fromFile")}</Button>
        </Upload>
        {isUnreadable && <Alert type="error" showIcon title={t("workingcalendar:unreadable", { year: year.year })} />}
      </Flex>
      <Days year={year.year} />
    </FormDialog>
  );
}

function Days({ year }: { year: number }): ReactElement {
  const { t } = useTranslation();
  const needed = { required: true, message: t("common:required") };
  return (
    <Form.List name="days">
      {(rows, { add, remove }) => (
        <Flex vertical gap={8} role="group" aria-label={t("workingcalendar:days")}>
          {rows.map(({ key, name }) => (
            <Flex key={key} gap={8} wrap align="start">
              <Form.Item name={[name, "date"]} rules={[needed]} style={{ flex: "1 1 130px", margin: 0 }}>
                <DayField aria-label={t("workingcalendar:date")} />
              </Form.Item>
              <Form.Item
                name={[name, "name"]}
                rules={[{ ...needed, whitespace: true }]}
                style={{ flex: "1 1 130px", margin: 0 }}
              >
                <Input aria-label={t("workingcalendar:name")} placeholder={t("workingcalendar:name")} maxLength={100} />
              </Form.Item>
              <Form.Item name={[name, "isOffDay"]} style={{ margin: 0 }}>
                <Segmented<boolean>
                  aria-label={t("workingcalendar:kind")}
                  options={[
                    { value: true, label: t("workingcalendar:legend.off") },
                    { value: false, label: t("workingcalendar:legend.makeUp") },
                  ]}
                />
              </Form.Item>
              <Button icon={<DeleteOutlined />} aria-label={t("workingcalendar:remove")} onClick={() => remove(name)} />
            </Flex>
          ))}
          <Button icon={<PlusOutlined />} onClick={() => add({ date: `${year}-01-01`, name: "", isOffDay: true })}>
            {t("workingcalendar:addDay")}
          </Button>
        </Flex>
      )}
    </Form.List>
  );
}
