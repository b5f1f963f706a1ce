import type { Role } from "@/api/generated/types.gen";
import { words } from "@/api/words";
import { Chooser, ManyChooser } from "@/ui/form/chooser";
import { DayField } from "@/ui/form/day-field";
import { ItemSelect } from "@/ui/form/item-select";
import { InstantField } from "@/ui/form/instant-field";
import { LinesField } from "@/ui/form/lines-field";
import { PeopleSelect, PersonSelect } from "@/ui/form/person-select";
import { RecordSelect, RecordsSelect } from "@/ui/form/record-select";
import { TimeField } from "@/ui/form/time-field";
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, Flex, Form, Input, InputNumber, Radio, Typography } from "antd";
import type { ComponentType, ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { FamiliesField } from "./families-field";
import type { Values } from "./form-values";
import { isList, labelOf, type RecordField } from "./shape";

/** What a register says about its controls. */
interface Particular {
  holders?: Record<string, Role>;
  inputs?: Partial<Record<string, ComponentType>>;
  newRow?: () => Values;
}

interface Props {
  register: Particular;
  field: RecordField;
  /** Where the texts of its surroundings are. */
  texts: string;
  /** Where it stands, for a field of a row: the name of the rows, and which of them. */
  row?: { of: string; at: number };
  hasFocus?: boolean;
  isHidden?: boolean;
  /** True for what stays as it is. */
  isFixed?: boolean;
}

/** The control of a field under its label, with its hint. */
export function RecordInput(props: Props): ReactElement {
  const { register, field, texts, row, hasFocus = false, isHidden = false, isFixed = false } = props;
  const { t } = useTranslation();
  const label = labelOf(t, texts, field);
  const hint = field.hasHint === true ? t(`${texts}._hint.${field.name}`) : undefined;
  const name = row === undefined ? field.name : [row.at, field.name];
  if (field.kind === "rows") return <Rows register={register} field={field} texts={texts} hint={hint} />;
  if (field.kind === "flag") {
    return (
      <Form.Item name={name} valuePropName="checked" extra={hint} hidden={isHidden}>
        <Checkbox>{label}</Checkbox>
      </Form.Item>
    );
  }
  const Particular = register.inputs?.[field.name];
  const holder = register.holders?.[row === undefined ? field.name : `${row.of}.${field.name}`];
  const needed = {
    required: true,
    message: t("common:required"),
    ...((field.kind === "text" || field.kind === "longText") && { whitespace: true }),
    ...(isList(field) && { type: "array" as const }),
  };
  return (
    <Form.Item name={name} label={label} extra={hint} rules={field.isNeeded ? [needed] : []} hidden={isHidden}>
      {Particular === undefined ? (
        <Control field={field} holder={holder} hasFocus={hasFocus} isFixed={isFixed} />
      ) : (
        <Particular />
      )}
    </Form.Item>
  );
}

interface ControlProps {
  field: RecordField;
  holder: Role | undefined;
  hasFocus: boolean;
  isFixed: boolean;
}

/** The control alone; the form gives it id, value and change through its properties. */
function Control({ field, holder, hasFocus, isFixed, ...given }: ControlProps): ReactElement | null {
  const { t } = useTranslation();
  switch (field.kind) {
    case "text":
      return <Input {...given} maxLength={field.max ?? 1000} autoFocus={hasFocus} disabled={isFixed} />;
    case "longText":
      return <Input.TextArea {...given} maxLength={20_000} autoSize={{ minRows: 2, maxRows: 8 }} />;
    case "number":
      return <InputNumber {...given} min={field.min} max={field.max} precision={0} style={{ width: "100%" }} />;
    case "day":
      return <DayField {...given} />;
    case "instant":
      return <InstantField {...given} />;
    case "timeOfDay":
      return <TimeField {...given} />;
    case "lines":
      return <LinesField {...given} />;
    case "person":
      return <PersonSelect {...given} role={holder} />;
    case "people":
      return <PeopleSelect {...given} role={holder} />;
    case "customer":
    case "department":
      return <RecordSelect {...given} kind={field.kind} />;
    case "customers":
      return <RecordsSelect {...given} kind="customer" />;
    case "departments":
      return <RecordsSelect {...given} kind="department" />;
    case "serviceObject":
      return <RecordSelect {...given} kind="service_object" />;
    case "itemNumber":
      return <ItemSelect {...given} />;
    case "serviceObjects":
      return <RecordsSelect {...given} kind="service_object" />;
    case "choice":
    case "choices": {
      if (field.kind === "choices" && field.among !== undefined) {
        return <FamiliesField {...given} of={field.of} among={field.among} />;
      }
      const choices = words[field.of].map((value) => ({ value, label: t(`enums:${field.of}.${value}`) }));
      if (field.kind === "choices") return <ManyChooser {...given} choices={choices} />;
      // A few words are all seen at once, unless none of them may be the right one.
      return field.isNeeded && choices.length <= 4 ? (
        <Radio.Group {...given} options={choices} style={{ display: "flex", flexWrap: "wrap" }} />
      ) : (
        <Chooser {...given} choices={choices} />
      );
    }
    case "flag":
    case "group":
    case "rows":
      return null;
  }
}

interface RowsProps extends Pick<Props, "register" | "texts"> {
  field: RecordField & { kind: "rows" | "group" };
  hint: string | undefined;
}

/** Any number of rows, each with its fields: added and removed. */
function Rows({ register, field, texts, hint }: RowsProps): ReactElement {
  const { t } = useTranslation();
  const label = labelOf(t, texts, field);
  return (
    <Form.List name={field.name}>
      {(rows, { add, remove }) => (
        <Flex vertical gap={8} style={{ marginBlockEnd: 16 }} role="group" aria-label={label}>
          <strong>{label}</strong>
          {hint !== undefined && <Typography.Text type="secondary">{hint}</Typography.Text>}
          {rows.map(({ key, name }, at) => (
            <div key={key} className="fabu-row" role="group" aria-label={t("document:row", { n: at + 1 })}>
              <Flex justify="space-between">
                <Typography.Text type="secondary">{t("document:row", { n: at + 1 })}</Typography.Text>
                <Button
                  size="small"
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t("document:removeRow")}
                  onClick={() => remove(name)}
                />
              </Flex>
              <div className="fabu-fields">
                {field.fields.map((inner) => (
                  <div key={inner.name} className={inner.kind === "text" ? "fabu-field-wide" : undefined}>
                    <RecordInput
                      register={register}
                      field={inner}
                      texts={`${texts}.${field.name}`}
                      row={{ of: field.name, at: name }}
                    />
                  </div>
                ))}
              </div>
            </div>
          ))}
          <Button icon={<PlusOutlined />} style={{ alignSelf: "start" }} onClick={() => add(register.newRow?.() ?? {})}>
            {t("document:addRow")}
          </Button>
        </Flex>
      )}
    </Form.List>
  );
}
