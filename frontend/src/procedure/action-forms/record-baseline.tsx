import { useCommand } from "@/api/command";
import { recordBaselineMutation } from "@/api/generated/@tanstack/react-query.gen";
import { useItemNumbered } from "@/api/items";
import { Attributes } from "@/ui/attributes";
import { Alert, Descriptions, Form, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { ActionFormProps } from "../action-forms";
import { FormEnd } from "../form-end";

/** Takes what the configuration database says of an item as its baseline: nothing is typed (5.2). */
export function Component({ release, action, subject, onClose }: ActionFormProps): ReactElement {
  const { t } = useTranslation();
  const change = release.configuration_changes.find(({ id }) => id === subject);
  const item = useItemNumbered(change?.item ?? "");
  const send = useCommand(recordBaselineMutation(), onClose);
  return (
    <Form
      layout="vertical"
      onFinish={() => send.mutate({ path: { number: release.number, id: subject ?? "" }, body: {} })}
    >
      <Typography.Paragraph type="secondary">{t("items:baseline.about")}</Typography.Paragraph>
      {item === null && (
        <Alert type="warning" showIcon title={t("form:unregisteredItem", { number: change?.item ?? "" })} />
      )}
      {item && (
        <Descriptions
          size="small"
          column={1}
          bordered
          style={{ marginBlockEnd: 16 }}
          items={[
            { key: "item", label: t("items:one"), children: `${item.number} ${item.name}` },
            {
              key: "version",
              label: t("records:configuration_item.item_version"),
              children: item.item_version ?? t("registers:none"),
            },
            {
              key: "attributes",
              label: t("records:configuration_item.attributes._"),
              children: <Attributes of={item.attributes} />,
            },
          ]}
        />
      )}
      <FormEnd
        label={action.label}
        error={send.error}
        shownAtFields={[]}
        isPending={send.isPending}
        onClose={onClose}
      />
    </Form>
  );
}
