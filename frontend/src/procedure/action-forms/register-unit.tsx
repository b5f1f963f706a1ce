import { words } from "@/api/words";
import { useCommand } from "@/api/command";
import { registerUnitMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { MediaKind, UnitKind, UnitRequest } from "@/api/generated/types.gen";
import { useProblemFields } from "@/ui/form/problem-fields";
import { Sha256Field } from "@/ui/form/sha256-field";
import { Form, Input, Select } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { ActionFormProps } from "../action-forms";
import { FormEnd } from "../form-end";
import { MediumSelect } from "../medium-select";

const pointers = [
  "/media_item_id",
  "/name",
  "/version",
  "/kind",
  "/sha256",
  "/source",
  "/previous_version",
  "/first_version_reason",
];

/** The kind of unit that a medium mostly is. */
const unitKind: Record<MediaKind, UnitKind> = {
  application: "application",
  platform: "application",
  data: "data_object",
  hardware: "hardware",
  document: "configuration",
};

/** What goes into production: a medium of the library, or one file or package with its version and fingerprint (3.1b, 9.2a). */
export function Component({ release, action, onClose }: ActionFormProps): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<UnitRequest>();
  const send = useCommand(registerUnitMutation(), onClose);
  const shown = useProblemFields(form, send.error, pointers);
  const isFromLibrary = Boolean(Form.useWatch("media_item_id", form));
  const previous = Form.useWatch("previous_version", form);
  const needed = [{ required: true, message: t("common:required") }];
  return (
    <Form<UnitRequest>
      form={form}
      layout="vertical"
      onFinish={({ media_item_id, source, previous_version, first_version_reason, ...unit }) =>
        send.mutate({
          path: { number: release.number },
          body: {
            ...unit,
            media_item_id: media_item_id ? media_item_id : null,
            source: source ? source : null,
            previous_version: previous_version ? previous_version : null,
            first_version_reason: !previous_version && first_version_reason ? first_version_reason : null,
          },
        })
      }
    >
      <Form.Item name="media_item_id" label={t("testing:unit.medium")} extra={t("testing:unit.mediumHint")}>
        <MediumSelect
          onChoose={(medium) =>
            form.setFieldsValue({
              media_item_id: medium?.id ?? null,
              ...(medium && {
                name: medium.name,
                version: medium.item_version,
                kind: unitKind[medium.kind],
                sha256: medium.sha256,
                source: medium.source,
              }),
            })
          }
        />
      </Form.Item>
      <Form.Item name="name" label={t("testing:unit.name")} rules={needed}>
        <Input maxLength={200} readOnly={isFromLibrary} />
      </Form.Item>
      <Form.Item name="version" label={t("testing:unit.version")} rules={needed}>
        <Input maxLength={100} readOnly={isFromLibrary} />
      </Form.Item>
      <Form.Item name="kind" label={t("testing:unit.kind")} rules={needed}>
        <Select options={words.UnitKind.map((kind) => ({ value: kind, label: t(`enums:UnitKind.${kind}`) }))} />
      </Form.Item>
      <Form.Item name="sha256" label={t("testing:unit.sha256")} rules={needed} extra={t("testing:unit.sha256Hint")}>
        {isFromLibrary ? <Input readOnly style={{ fontFamily: "monospace" }} /> : <Sha256Field />}
      </Form.Item>
      <Form.Item name="source" label={t("testing:unit.source")}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="previous_version" label={t("testing:unit.previous")} extra={t("testing:unit.previousHint")}>
        <Input maxLength={100} />
      </Form.Item>
      {!previous && (
        <Form.Item
          name="first_version_reason"
          label={t("testing:unit.firstReason")}
          extra={t("testing:unit.firstReasonHint")}
        >
          <Input maxLength={200} />
        </Form.Item>
      )}
      <FormEnd
        label={action.label}
        error={send.error}
        shownAtFields={shown}
        isPending={send.isPending}
        onClose={onClose}
      />
    </Form>
  );
}
