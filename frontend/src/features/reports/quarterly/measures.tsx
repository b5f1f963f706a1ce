import { ifMatchEtag, useCommand } from "@/api/command";
import { completeTaskMutation, reassignTaskMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { MarkView, MeasureView, QuarterlyReportView } from "@/api/generated/types.gen";
import { formatDay, formatInstant } from "@/lib/time";
import { FormDialog } from "@/ui/form/form-dialog";
import { Clause } from "@/ui/reasons";
import { Section } from "@/ui/section";
import { PersonSelect } from "@/ui/form/person-select";
import { Button, Flex, Form, Input, Tag, Typography } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** The measures of an approved report on their way: whose they are, until when, and what shows that they are done (7a). */
export function Measures({ report }: { report: QuarterlyReportView }): ReactElement {
  const { t } = useTranslation();
  const [open, setOpen] = useState<MeasureView>();
  const [handed, setHanded] = useState<MeasureView>();
  return (
    <Section title={t("quarterly:measures.title")} extra={<Clause clause="7a" />}>
      <ol className="fabu-rows">
        {report.measures.map((measure) => (
          <li key={measure.number}>
            <span className="fabu-long-text">{measure.text}</span>
            <Flex gap={8} wrap align="baseline">
              <Typography.Text type="secondary">
                {t("quarterly:measures.owes", { name: measure.owner.name, due: formatDay(measure.due) })}
              </Typography.Text>
              <Tag color={measure.state === "done" ? "green" : "blue"} style={{ margin: 0 }}>
                {t(`enums:MeasureState.${measure.state}`)}
              </Tag>
              {measure.can_complete && (
                <Button size="small" className="fabu-no-print" onClick={() => setOpen(measure)}>
                  {t("quarterly:measures.complete")}
                </Button>
              )}
              {measure.can_hand_over && (
                <Button size="small" type="text" className="fabu-no-print" onClick={() => setHanded(measure)}>
                  {t("quarterly:measures.handOver")}
                </Button>
              )}
            </Flex>
            {measure.evidence && <Evidence mark={measure.evidence} />}
          </li>
        ))}
      </ol>
      {handed && <HandOverDialog measure={handed} onClose={() => setHanded(undefined)} />}
      {open && <CompletionDialog measure={open} onClose={() => setOpen(undefined)} />}
    </Section>
  );
}

/** What shows that a measure is done. */
function Evidence({ mark: { by, at, reason } }: { mark: MarkView }): ReactElement {
  return (
    <div>
      <span className="fabu-long-text">{reason}</span>{" "}
      <Typography.Text type="secondary">
        {by.name} {formatInstant(at)}
      </Typography.Text>
    </div>
  );
}

interface DialogProps {
  measure: MeasureView;
  onClose: () => void;
}

function CompletionDialog({ measure, onClose }: DialogProps): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ text: string }>();
  const complete = useCommand(completeTaskMutation(), onClose);
  return (
    <FormDialog<{ text: string }>
      title={t("quarterly:measures.completeOf", { number: measure.number })}
      form={form}
      send={t("quarterly:measures.complete")}
      onSend={(body) => complete.mutate({ path: { id: measure.task_id }, headers: ifMatchEtag(measure.etag), body })}
      onClose={onClose}
      isPending={complete.isPending}
      error={complete.error}
      fields={["/text"]}
    >
      <Typography.Paragraph className="fabu-long-text">{measure.text}</Typography.Paragraph>
      <Form.Item
        name="text"
        label={t("quarterly:measures.evidence")}
        rules={[{ required: true, whitespace: true, message: t("common:required") }]}
      >
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={2000} autoFocus />
      </Form.Item>
    </FormDialog>
  );
}

/** Gives a measure to somebody else, for instance because its owner has left. */
function HandOverDialog({ measure, onClose }: DialogProps): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ assignee: string; reason: string }>();
  const handOver = useCommand(reassignTaskMutation(), onClose);
  const required = [{ required: true, message: t("common:required") }];
  return (
    <FormDialog<{ assignee: string; reason: string }>
      title={t("quarterly:measures.handOverOf", { number: measure.number })}
      form={form}
      send={t("quarterly:measures.handOver")}
      onSend={(body) => handOver.mutate({ path: { id: measure.task_id }, headers: ifMatchEtag(measure.etag), body })}
      onClose={onClose}
      isPending={handOver.isPending}
      error={handOver.error}
      fields={["/assignee", "/reason"]}
    >
      <Typography.Paragraph className="fabu-long-text">{measure.text}</Typography.Paragraph>
      <Form.Item name="assignee" label={t("quarterly:measures.to")} rules={required}>
        <PersonSelect />
      </Form.Item>
      <Form.Item name="reason" label={t("quarterly:measures.why")} rules={required}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  );
}
