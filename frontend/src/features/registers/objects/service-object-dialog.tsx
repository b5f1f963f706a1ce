import { ifMatch, useCommand } from "@/api/command";
import { createServiceObjectMutation, updateServiceObjectMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { ServiceObjectRequest, ServiceObjectView } from "@/api/generated/types.gen";
import { useCustomers } from "@/api/registers";
import { DepartmentsSelect } from "@/ui/form/department-select";
import { FormDialog } from "@/ui/form/form-dialog";
import { Checkbox, Form, Input, Select } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  /** The object to correct; none to add another. */
  object?: ServiceObjectView;
  onClose: () => void;
}

/** Adds an object under service, or says whose it is and which departments it concerns. */
export function ServiceObjectDialog({ object, onClose }: Props): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<ServiceObjectRequest>();
  const customers = useCustomers();
  const create = useCommand(createServiceObjectMutation(), onClose);
  const update = useCommand(updateServiceObjectMutation(), onClose);
  const needed = { required: true, message: t("common:required") };
  const send = ({ code, name, customer_id, departments = [], active }: ServiceObjectRequest) => {
    const body = { code, name, customer_id, departments, active };
    if (object === undefined) create.mutate({ body });
    else update.mutate({ path: { id: object.id }, headers: ifMatch(object.version), body });
  };
  return (
    <FormDialog<ServiceObjectRequest>
      title={object === undefined ? t("registers:objects.add") : t("registers:objects.edit", { code: object.code })}
      form={form}
      initialValues={object ?? { active: true }}
      send={t("common:save")}
      onSend={send}
      onClose={onClose}
      isPending={create.isPending || update.isPending}
      error={create.error ?? update.error}
      fields={["/code", "/name", "/customer_id", "/departments", "/active"]}
    >
      <Form.Item name="code" label={t("registers:objects.code")} rules={[needed]}>
        <Input maxLength={100} autoFocus />
      </Form.Item>
      <Form.Item name="name" label={t("registers:objects.name")} rules={[needed]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="customer_id" label={t("registers:objects.customer")} rules={[needed]}>
        <Select
          loading={customers.isPending}
          showSearch={{ optionFilterProp: "label" }}
          options={(customers.data ?? [])
            .filter(({ id, active }) => active || id === object?.customer_id)
            .map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item
        name="departments"
        label={t("registers:objects.departments")}
        extra={t("registers:objects.departmentsRule")}
      >
        <DepartmentsSelect />
      </Form.Item>
      <Form.Item name="active" valuePropName="checked">
        <Checkbox>{t("registers:objects.activeRule")}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}
