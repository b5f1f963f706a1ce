import { ifMatch, useCommand } from "@/api/command";
import { createChangeMutation, updateChangeMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { ChangeKind, ChangeRequest, ChangeView } from "@/api/generated/types.gen";
import { useServiceObjects } from "@/api/registers";
import { thisMinute } from "@/lib/time";
import { FormDialog } from "@/ui/form/form-dialog";
import { InstantField } from "@/ui/form/instant-field";
import { Form, Input, Radio, Select } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Fields {
  number: string;
  title: string;
  description?: string;
  kind: ChangeKind;
  service_objects: string[];
  requested_by: string;
  requested_at: string;
}

interface Props {
  /** The change to correct; none to register another. */
  change?: ChangeView;
  onClose: () => void;
  onDone?: (change: ChangeView) => void;
}

/** Takes a change over from change management, or corrects it while it is not approved. */
export function ChangeDialog({ change, onClose, onDone }: Props): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const objects = useServiceObjects();
  const done = (answer: ChangeView) => {
    onClose();
    onDone?.(answer);
  };
  const create = useCommand(createChangeMutation(), done);
  const update = useCommand(updateChangeMutation(), done);
  const needed = { required: true, message: t("common:required") };
  const send = (fields: Fields) => {
    const body: ChangeRequest = {
      ...fields,
      description: fields.description?.trim() ? fields.description : null,
    };
    if (change === undefined) create.mutate({ body });
    else update.mutate({ path: { id: change.id }, headers: ifMatch(change.version), body });
  };
  return (
    <FormDialog<Fields>
      title={change === undefined ? t("changes:add") : t("changes:edit.title", { number: change.number })}
      form={form}
      initialValues={
        change === undefined
          ? { kind: "normal", requested_at: thisMinute() }
          : { ...change, description: change.description ?? "" }
      }
      send={t(change === undefined ? "changes:edit.register" : "common:save")}
      onSend={send}
      onClose={onClose}
      isPending={create.isPending || update.isPending}
      error={create.error ?? update.error}
      fields={["/number", "/title", "/description", "/kind", "/service_objects", "/requested_by", "/requested_at"]}
    >
      <Form.Item name="number" label={t("changes:column.number")} extra={t("changes:edit.numberRule")} rules={[needed]}>
        <Input maxLength={100} autoFocus />
      </Form.Item>
      <Form.Item name="title" label={t("changes:column.title")} rules={[needed]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="description" label={t("changes:description")}>
        <Input.TextArea rows={3} maxLength={20000} />
      </Form.Item>
      <Form.Item name="kind" label={t("changes:column.kind")}>
        <Radio.Group
          options={(["normal", "emergency"] as const).map((value) => ({
            value,
            label: t(`enums:ChangeKind.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="service_objects"
        label={t("changes:column.objects")}
        extra={t("changes:edit.objectsRule")}
        rules={[needed]}
      >
        <Select
          mode="multiple"
          loading={objects.isPending}
          showSearch={{ optionFilterProp: "label" }}
          options={(objects.data ?? [])
            .filter(({ id, active }) => active || change?.service_objects.includes(id))
            .map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` }))}
        />
      </Form.Item>
      <Form.Item name="requested_by" label={t("changes:column.requestedBy")} rules={[needed]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item
        name="requested_at"
        label={t("changes:column.requestedAt")}
        extra={t("changes:timeHint")}
        rules={[needed]}
      >
        <InstantField />
      </Form.Item>
    </FormDialog>
  );
}
