import { ifMatch, useCommand } from "@/api/command";
import { useMe } from "@/api/me";
import { FormDialog } from "@/ui/form/form-dialog";
import { Form } from "antd";
import { Fragment, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { bodyOf, valuesOf, type Values } from "./form-values";
import { RecordInput } from "./record-input";
import type { RecordForm, RegisterRecord } from "./register";
import { nameOf, registerTexts, statedFields } from "./shape";

interface Props<R extends RegisterRecord, B extends object> {
  register: RecordForm<R, B>;
  /** The record to change; none to add another. */
  record?: R;
  /** What stands in the form at first besides what the register says. */
  defaults?: Values;
  onClose: () => void;
}

/** The form of a record. What the API takes of it is said once, in the shape of the register. */
export function RegisterDialog<R extends RegisterRecord, B extends object>(props: Props<R, B>): ReactElement {
  const { register, record, defaults, onClose } = props;
  const { kind, extra, page } = register;
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const typed = Form.useWatch((values: Values) => values, form) as Values | undefined;
  const fields = statedFields(kind);
  const isAsked: Partial<Record<string, (values: Values) => boolean>> = register.isAsked ?? {};
  const create = useCommand(register.create(), ({ id }) => {
    onClose();
    if (page !== undefined) void navigate(page(id));
  });
  const update = useCommand(register.update?.() ?? {}, onClose);
  const send = (values: Values) => {
    const body = requestOf(register, values);
    if (record === undefined) create.mutate({ body });
    else update.mutate({ path: { id: record.id }, headers: ifMatch(record.version), body });
  };
  return (
    <FormDialog<Values>
      title={record === undefined ? registerTexts(t, kind).add : t("registers:editOf", { name: nameOf(kind, record) })}
      form={form}
      initialValues={
        record === undefined ? { active: true, ...register.defaults?.(me), ...defaults } : valuesOf(fields, record)
      }
      send={t("common:save")}
      onSend={send}
      onClose={onClose}
      isPending={create.isPending || update.isPending}
      error={create.error ?? update.error}
      fields={[...fields, ...(extra === undefined ? [] : [extra])].map(({ name }) => `/${name}`)}
      width={fields.length > 6 || fields.some((field) => field.kind === "rows") ? 680 : 560}
    >
      {fields.map((field, at) => (
        <Fragment key={field.name}>
          <RecordInput
            register={register}
            field={field}
            texts={`records:${kind}`}
            hasFocus={at === (record !== undefined && fields[0]?.isFixed === true ? 1 : 0)}
            isFixed={record !== undefined && field.isFixed === true}
            isHidden={isAsked[field.name]?.(typed ?? {}) === false}
          />
          {extra?.after === field.name && <extra.Input record={record} />}
        </Fragment>
      ))}
    </FormDialog>
  );
}

/** What the API is sent for a filled form. The form and the request come from one declaration of the register. */
export function requestOf<R extends RegisterRecord, B extends object>(
  { kind, extra }: RecordForm<R, B>,
  values: Values,
): B {
  const stated = bodyOf(statedFields(kind), values);
  return { ...stated, ...(extra && { [extra.name]: extra.wire(values[extra.name]) }) } as B;
}
