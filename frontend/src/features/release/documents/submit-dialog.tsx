import { ifMatch, useCommand } from "@/api/command";
import { submitDocumentMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { DocumentView, MissingView } from "@/api/generated/types.gen";
import { useProblemFields } from "@/ui/form/problem-fields";
import { ProblemAlert } from "@/ui/problem-alert";
import { useReleasePage } from "@/procedure/release-page";
import { Dialog } from "@/ui/dialog";
import { Alert, Button, Flex, Form, Input } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  document: DocumentView;
  missing: readonly MissingView[];
  onClose: () => void;
}

/** Freezes the draft as the next revision, with a word on what changed. */
export function SubmitDialog({ document, missing, onClose }: Props): ReactElement {
  const { t } = useTranslation();
  const { release } = useReleasePage();
  const [form] = Form.useForm<{ note: string }>();
  const send = useCommand(submitDocumentMutation(), onClose);
  const shown = useProblemFields(form, send.error, ["/note"]);
  const isFirst = document.revisions.length === 0;
  return (
    <Dialog
      open
      title={t("document:submit.title", { name: document.name, n: document.revisions.length + 1 })}
      footer={null}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ note: isFirst ? t("document:submit.first") : "" }}
        onFinish={({ note }) =>
          send.mutate({
            path: { number: release.number, kind: document.kind },
            headers: ifMatch(document.version),
            body: { note },
          })
        }
      >
        <Flex vertical gap={12}>
          {missing.length > 0 && (
            <Alert type="warning" showIcon title={t("document:submit.missing", { count: missing.length })} />
          )}
          <Form.Item
            name="note"
            label={t("document:submit.note")}
            rules={[{ required: true, whitespace: true, message: t("common:required") }]}
          >
            <Input.TextArea autoSize={{ minRows: 2 }} maxLength={20_000} />
          </Form.Item>
          <ProblemAlert error={send.error} shownAtFields={shown} />
          <Flex gap={8} justify="end">
            <Button onClick={onClose}>{t("common:cancel")}</Button>
            <Button type="primary" htmlType="submit" loading={send.isPending}>
              {t("document:submit.send")}
            </Button>
          </Flex>
        </Flex>
      </Form>
    </Dialog>
  );
}
