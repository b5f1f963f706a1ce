import { ifMatch, useCommand } from "@/api/command";
import {
  submitProcedureVersionMutation,
  withdrawProcedureVersionMutation,
} from "@/api/generated/@tanstack/react-query.gen";
import type { ProcedureVersionView } from "@/api/generated/types.gen";
import type { Writing } from "@/procedure/editor/written-document";
import { FormDialog } from "@/ui/form/form-dialog";
import { PersonSelect } from "@/ui/form/person-select";
import { ActionButton } from "@/procedure/actions-bar";
import { Form, Input, Typography } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";

const steps = ["submit", "withdraw"] as const;
type Step = (typeof steps)[number];

interface Fields {
  reviewer: string;
  reason: string;
}

interface Props {
  version: ProcedureVersionView;
  writing: Writing | undefined;
}

/** What can be done with a version, and what is in the way; a step that its state has behind it is not in question. */
export function VersionActions({ version, writing }: Props): ReactElement {
  const { t } = useTranslation();
  const [step, setStep] = useState<Step>();
  const shown = steps.flatMap((name) => {
    const action = version.actions.find((of) => of.name === `${name}_procedure_version`);
    const isMoot = action?.blocked_by.some(({ code }) => code === "procedure_version.wrong_state") ?? true;
    return action === undefined || isMoot ? [] : [{ name, action }];
  });
  const open = async (name: Step) => {
    // What is typed and not saved yet is saved before it is submitted.
    if (name !== "submit" || writing === undefined || (await writing.flush())) setStep(name);
  };
  return (
    <>
      {shown.map(({ name, action }) => (
        <ActionButton
          key={name}
          action={{
            label: t(`versions:step.${name}.button`),
            ...(name === "submit" && writing?.isSaved === false ? { allowed: true, blocked_by: [] } : action),
          }}
          isPrimary={name === "submit"}
          onAct={() => void open(name)}
        />
      ))}
      {step !== undefined && <StepDialog step={step} version={version} onClose={() => setStep(undefined)} />}
    </>
  );
}

function StepDialog({
  step,
  version: { label, version },
  onClose,
}: {
  step: Step;
  version: ProcedureVersionView;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const submit = useCommand(submitProcedureVersionMutation(), onClose);
  const withdraw = useCommand(withdrawProcedureVersionMutation(), onClose);
  const { isPending, error } = step === "submit" ? submit : withdraw;
  const known = { path: { version: label }, headers: ifMatch(version) };
  const rules = [{ required: true, whitespace: true, message: t("common:required") }];
  return (
    <FormDialog<Fields>
      title={t(`versions:step.${step}.title`, { label })}
      form={form}
      send={t(`versions:step.${step}.button`)}
      danger={step === "withdraw"}
      onSend={({ reviewer, reason }) =>
        step === "submit"
          ? submit.mutate({ ...known, body: { reviewer } })
          : withdraw.mutate({ ...known, body: { reason } })
      }
      onClose={onClose}
      isPending={isPending}
      error={error}
      fields={["/reviewer", "/reason"]}
    >
      <Typography.Paragraph>{t(`versions:step.${step}.advice`)}</Typography.Paragraph>
      {step === "submit" ? (
        <Form.Item name="reviewer" label={t("versions:reviewer")} rules={rules}>
          <PersonSelect />
        </Form.Item>
      ) : (
        <Form.Item name="reason" label={t("versions:reason")} rules={rules}>
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={2000} autoFocus />
        </Form.Item>
      )}
    </FormDialog>
  );
}
