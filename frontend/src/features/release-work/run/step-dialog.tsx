import { viewRunSheetOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { ReleaseView, StepRequest, StepResult } from "@/api/generated/types.gen";
import { words } from "@/api/words";
import { forget, keep, kept } from "@/lib/storage";
import { AttachmentsField } from "@/ui/files/attachments-field";
import { InstantField } from "@/ui/form/instant-field";
import { PersonSelect } from "@/ui/form/person-select";
import { useQuery } from "@tanstack/react-query";
import { Dialog } from "@/ui/dialog";
import { Form, Input, Radio } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface Fields {
  result: StepResult;
  started_at: string;
  finished_at: string;
  performed_by?: string;
  note?: string;
  attachments?: string[];
}

interface Props {
  release: ReleaseView;
  title: string;
  /** The step's key or the rollback group. */
  step: string;
  result: StepResult;
  begunAt: string | undefined;
  /** True when it replaces what was written before. */
  isCorrection: boolean;
  onClose: () => void;
  onWrite: (body: StepRequest) => void;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** How a step went, in full: times, who, what was seen, photos. What was typed is still there after a reload. */
export function StepDialog(props: Props): ReactElement {
  const { release, title, step, result, begunAt, isCorrection, onClose, onWrite } = props;
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const draft = `step.${release.number}.${step}`;
  const sheet = useQuery(viewRunSheetOptions({ path: { number: release.number } }));
  const corrects = sheet.data?.entries.findLast((entry) => entry.step === step && entry.result !== null)?.n;
  const chosen = Form.useWatch("result", form);
  const now = new Date().toISOString();
  const send = ({ note = "", attachments = [], performed_by, ...times }: Fields): void => {
    forget(draft);
    onWrite({
      ...times,
      ...(performed_by && { performed_by }),
      ...(note.trim() !== "" && { note: note.trim() }),
      ...(attachments.length > 0 && { attachments }),
      ...(isCorrection && corrects !== undefined && { corrects }),
    });
  };
  const needed = { required: true, message: t("common:required") };
  return (
    <Dialog
      open
      title={title}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t("run:write")}
      okButtonProps={{ size: "large", danger: chosen === "failed" }}
      cancelButtonProps={{ size: "large" }}
      cancelText={t("common:cancel")}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={{ result, started_at: begunAt ?? now, finished_at: now, note: kept(draft, isText) ?? "" }}
        onValuesChange={(_, { note }) => keep(draft, note)}
        onFinish={send}
      >
        <Form.Item name="result" label={t("actions:label.result")}>
          <Radio.Group options={words.StepResult.map((value) => ({ value, label: t(`enums:StepResult.${value}`) }))} />
        </Form.Item>
        <Form.Item
          name="note"
          label={t("run:note")}
          rules={chosen === "done" && !isCorrection ? [] : [{ ...needed, whitespace: true }]}
        >
          <Input.TextArea autoFocus autoSize={{ minRows: 3, maxRows: 8 }} maxLength={20_000} />
        </Form.Item>
        <Form.Item name="started_at" label={t("actions:label.started_at")} rules={[needed]}>
          <InstantField />
        </Form.Item>
        <Form.Item name="finished_at" label={t("actions:label.finished_at")} rules={[needed]}>
          <InstantField />
        </Form.Item>
        <Form.Item name="performed_by" label={t("actions:label.performed_by")}>
          <PersonSelect />
        </Form.Item>
        <Form.Item name="attachments" label={t("actions:label.attachments")}>
          <AttachmentsField number={release.number} />
        </Form.Item>
      </Form>
    </Dialog>
  );
}
