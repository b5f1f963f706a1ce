import { ifMatch, useCommand } from "@/api/command";
import {
  approveQuarterlyReportMutation,
  restateQuarterlyReportMutation,
  returnQuarterlyReportMutation,
  submitQuarterlyReportMutation,
} from "@/api/generated/@tanstack/react-query.gen";
import type { QuarterlyReportView, ReportActionView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import type { Writing } from "@/procedure/editor/written-document";
import { FormDialog } from "@/ui/form/form-dialog";
import { ActionButton } from "@/procedure/actions-bar";
import { Form, Input, Typography } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

/** The steps of a report in their order; the rest of what the API names has its place elsewhere on the page. */
const steps = ["submit", "approve", "return", "restate"] as const;
type Step = (typeof steps)[number];

interface Props {
  report: QuarterlyReportView;
  writing?: Writing | undefined;
}

/** What can be done with the report as a whole, and what is in the way. */
export function ReportActions({ report, writing }: Props): ReactElement {
  const { t } = useTranslation();
  const [step, setStep] = useState<Step>();
  const actionOf = (name: Step) => report.actions.find((action) => action.name === `${name}_quarterly_report`);
  const shown = steps.flatMap((name) => {
    const action = actionOf(name);
    return action === undefined || isMoot(action) ? [] : [{ name, action }];
  });
  const open = async (name: Step) => {
    // What is typed and not saved yet is saved before it is submitted.
    if (name !== "submit" || writing === undefined || (await writing.flush())) setStep(name);
  };
  const first = shown.find(({ action }) => action.allowed)?.name;
  return (
    <>
      {shown.map(({ name, action }) => (
        <ActionButton
          key={name}
          action={{
            label: t(`quarterly:step.${name}.button`),
            ...(name === "submit" && writing?.isSaved === false ? { allowed: true, blocked_by: [] } : action),
          }}
          isPrimary={name === first}
          onAct={() => void open(name)}
        />
      ))}
      {step !== undefined && <StepDialog step={step} report={report} onClose={() => setStep(undefined)} />}
    </>
  );
}

/** A report in another state, or one whose count still holds: the step is not in question. */
function isMoot({ blocked_by: reasons }: ReportActionView): boolean {
  return reasons.some(({ code }) => code === "report.wrong_state" || code === "report.nothing_to_restate");
}

interface DialogProps {
  step: Step;
  report: QuarterlyReportView;
  onClose: () => void;
}

function StepDialog({ step, report, onClose }: DialogProps): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [form] = Form.useForm<{ reason: string }>();
  const submit = useCommand(submitQuarterlyReportMutation(), onClose);
  const approve = useCommand(approveQuarterlyReportMutation(), onClose);
  const sendBack = useCommand(returnQuarterlyReportMutation(), onClose);
  const restate = useCommand(restateQuarterlyReportMutation(), ({ quarter }) => {
    onClose();
    void navigate(paths.quarterlyReport(quarter));
  });
  const commands = { submit, approve, return: sendBack, restate };
  const { isPending, error } = commands[step];
  const known = { path: { quarter: report.quarter }, headers: ifMatch(report.version) };
  const needsReason = step === "return" || step === "restate";
  const send = (reason: string) => {
    if (step === "submit") submit.mutate(known);
    else if (step === "approve") approve.mutate(known);
    else commands[step].mutate({ ...known, body: { reason } });
  };
  return (
    <FormDialog<{ reason: string }>
      title={t(`quarterly:step.${step}.title`, { quarter: report.quarter })}
      form={form}
      send={t(`quarterly:step.${step}.button`)}
      onSend={({ reason }) => send(reason)}
      onClose={onClose}
      isPending={isPending}
      error={error}
      fields={["/reason"]}
    >
      <Typography.Paragraph>{t(`quarterly:step.${step}.advice`)}</Typography.Paragraph>
      {needsReason && (
        <Form.Item
          name="reason"
          label={t("quarterly:reason")}
          rules={[{ required: true, whitespace: true, message: t("common:required") }]}
        >
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={2000} autoFocus />
        </Form.Item>
      )}
    </FormDialog>
  );
}
