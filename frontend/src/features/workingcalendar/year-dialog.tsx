import { ifMatch, useCommand } from "@/api/command";
import { replaceCalendarYearMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { CalendarYearView, DayView } from "@/api/generated/types.gen";
import { DayField } from "@/ui/form/day-field";
import { FormDialog } from "@/ui/form/form-dialog";
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Form, Input, Segmented } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Fields {
  source: string;
  days: DayView[];
}

/** Enters the holidays and make-up days of a year, one by one. */
export function YearDialog({ year, onClose }: { year: CalendarYearView; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const replace = useCommand(replaceCalendarYearMutation(), onClose);
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
            days,
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
      <Days year={year.year} />
    </FormDialog>
  );
}

function Days({ year }: { year: number }): ReactElement {
  const { t } = useTranslation();
  const needed = { required: true, message: t("common:required") };
  return (
    <Form.List name="days">
      {(rows, { add, remove }, { errors }) => (
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
          <Form.ErrorList errors={errors} />
        </Flex>
      )}
    </Form.List>
  );
}
