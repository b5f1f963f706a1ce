import { ifMatch, useCommand } from "@/api/command";
import { createDepartmentMutation, updateDepartmentMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { DepartmentRequest, DepartmentView } from "@/api/generated/types.gen";
import { FormDialog } from "@/ui/form/form-dialog";
import { PersonSelect } from "@/ui/form/person-select";
import { Checkbox, Form, Input } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  /** The department to correct; none to add another. */
  department?: DepartmentView;
  onClose: () => void;
}

/** Adds a department or says who heads it. */
export function DepartmentDialog({ department, onClose }: Props): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<DepartmentRequest>();
  const create = useCommand(createDepartmentMutation(), onClose);
  const update = useCommand(updateDepartmentMutation(), onClose);
  const send = ({ name, head, deputy_head, active }: DepartmentRequest) => {
    const body = { name, head: head ?? null, deputy_head: deputy_head ?? null, active };
    if (department === undefined) create.mutate({ body });
    else update.mutate({ path: { id: department.id }, headers: ifMatch(department.version), body });
  };
  return (
    <FormDialog<DepartmentRequest>
      title={
        department === undefined
          ? t("registers:departments.add")
          : t("registers:departments.edit", { name: department.name })
      }
      form={form}
      initialValues={department ?? { active: true }}
      send={t("common:save")}
      onSend={send}
      onClose={onClose}
      isPending={create.isPending || update.isPending}
      error={create.error ?? update.error}
      fields={["/name", "/head", "/deputy_head", "/active"]}
    >
      <Form.Item
        name="name"
        label={t("registers:departments.name")}
        rules={[{ required: true, whitespace: true, message: t("common:required") }]}
      >
        <Input maxLength={200} autoFocus />
      </Form.Item>
      <Form.Item name="head" label={t("registers:departments.head")} extra={t("registers:departments.headRule")}>
        <PersonSelect role="department_head" />
      </Form.Item>
      <Form.Item
        name="deputy_head"
        label={t("registers:departments.deputyHead")}
        extra={t("registers:departments.deputyHeadRule")}
      >
        <PersonSelect role="department_head" />
      </Form.Item>
      <Form.Item name="active" valuePropName="checked">
        <Checkbox>{t("registers:departments.activeRule")}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}
