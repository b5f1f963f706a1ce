import { ifMatch, useCommand } from "@/api/command";
import { acceptConflictMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { ActionView, ConflictView, ReleaseView } from "@/api/generated/types.gen";
import { ActionButton } from "@/procedure/actions-bar";
import { FormDialog } from "@/ui/form/form-dialog";
import { Form, Input } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  release: ReleaseView;
  conflict: ConflictView;
  action: ActionView;
}

/** Asks for the reason for which the window is kept, or for which the release is excepted from the freeze. */
export function AcceptConflict({ release, conflict, action }: Props): ReactElement {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const [form] = Form.useForm<{ reason: string }>();
  const accept = useCommand(acceptConflictMutation(), () => setIsOpen(false));
  const label = t(conflict.authority === null ? "conflicts:accept" : "conflicts:except");
  return (
    <div className="fabu-no-print">
      <ActionButton action={{ ...action, label }} onAct={() => setIsOpen(true)} />
      {isOpen && (
        <FormDialog<{ reason: string }>
          title={label}
          form={form}
          send={label}
          isPending={accept.isPending}
          error={accept.error}
          fields={["/reason"]}
          onClose={() => setIsOpen(false)}
          onSend={({ reason }) =>
            accept.mutate({
              path: { number: release.number },
              headers: ifMatch(release.version),
              body: { conflict: conflict.key, reason },
            })
          }
        >
          <p>{conflict.text}</p>
          <Form.Item
            name="reason"
            label={t("conflicts:reason")}
            rules={[{ required: true, whitespace: true, message: t("common:required") }]}
          >
            <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={20_000} autoFocus />
          </Form.Item>
        </FormDialog>
      )}
    </div>
  );
}
