import { words } from "@/api/words";
import { useCommand } from "@/api/command";
import { listTestCasesOptions, recordTestRunMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { TestRunRequest } from "@/api/generated/types.gen";
import { AttachmentsField } from "@/ui/files/attachments-field";
import { useProblemFields } from "@/ui/form/problem-fields";
import { Sha256Field } from "@/ui/form/sha256-field";
import { useQuery } from "@tanstack/react-query";
import { Form, Input, Radio, Select } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { ActionFormProps } from "../action-forms";
import { FormEnd } from "../form-end";

const pointers = [
  "/case_id",
  "/unit_id",
  "/version",
  "/sha256",
  "/result",
  "/observed",
  "/measurement/expected",
  "/measurement/measured",
  "/measurement/unit",
  "/measurement/bound",
  "/attachments",
];

/** One execution of a test case, bound to exactly what is registered (RT1); `subject` is the case. */
export function Component({ release, action, subject, onClose }: ActionFormProps): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<TestRunRequest>();
  const cases = useQuery(listTestCasesOptions({ path: { number: release.number } }));
  const send = useCommand(recordTestRunMutation(), onClose);
  const shown = useProblemFields(form, send.error, pointers);
  const needed = [{ required: true, message: t("common:required") }];
  const takeOver = (id: string) => {
    const unit = release.units.find((known) => known.id === id);
    if (unit) form.setFieldsValue({ version: unit.version, sha256: unit.sha256 });
  };
  const chosen = Form.useWatch("case_id", form);
  const result = Form.useWatch("result", form);
  const category = cases.data?.items.find(({ id }) => id === chosen)?.category;
  const isMeasured = category === "performance" && result !== "blocked";
  const number = { pattern: /^-?\d+(\.\d+)?$/, message: t("testing:run.number") };
  const only = release.units.length === 1 ? release.units[0] : undefined;
  return (
    <Form<TestRunRequest>
      form={form}
      layout="vertical"
      initialValues={{
        case_id: subject,
        attachments: [],
        measurement: { bound: "at_most" },
        ...(only && { unit_id: only.id, version: only.version, sha256: only.sha256 }),
      }}
      onFinish={({ observed, measurement, ...run }) =>
        send.mutate({
          path: { number: release.number },
          body: {
            ...run,
            observed: observed ? observed : null,
            measurement: isMeasured ? (measurement ?? null) : null,
          },
        })
      }
    >
      <Form.Item name="case_id" label={t("testing:run.case")} rules={needed}>
        <Select
          showSearch={{ optionFilterProp: "label" }}
          loading={cases.isPending}
          options={cases.data?.items.map(({ id, title, category }) => ({
            value: id,
            label: `${t(`enums:TestCategory.${category}`)} · ${title}`,
          }))}
        />
      </Form.Item>
      <Form.Item name="unit_id" label={t("testing:run.unit")} rules={needed}>
        <Select
          options={release.units.map(({ id, name, version }) => ({ value: id, label: `${name} ${version}` }))}
          onChange={takeOver}
        />
      </Form.Item>
      <Form.Item name="version" label={t("testing:run.version")} rules={needed}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="sha256" label={t("testing:run.sha256")} rules={needed} extra={t("testing:run.sha256Hint")}>
        <Sha256Field />
      </Form.Item>
      <Form.Item name="result" label={t("testing:run.result")} rules={needed}>
        <Radio.Group
          options={words.TestResult.map((result) => ({ value: result, label: t(`enums:TestResult.${result}`) }))}
        />
      </Form.Item>
      {isMeasured && (
        <>
          <Form.Item name={["measurement", "bound"]} label={t("testing:run.bound")} rules={needed}>
            <Radio.Group options={words.Bound.map((bound) => ({ value: bound, label: t(`enums:Bound.${bound}`) }))} />
          </Form.Item>
          <Form.Item name={["measurement", "expected"]} label={t("testing:run.expected")} rules={[...needed, number]}>
            <Input maxLength={40} inputMode="decimal" />
          </Form.Item>
          <Form.Item name={["measurement", "measured"]} label={t("testing:run.measured")} rules={[...needed, number]}>
            <Input maxLength={40} inputMode="decimal" />
          </Form.Item>
          <Form.Item name={["measurement", "unit"]} label={t("testing:run.unitOfMeasure")} rules={needed}>
            <Input maxLength={40} placeholder={t("testing:run.unitHint")} />
          </Form.Item>
        </>
      )}
      <Form.Item name="observed" label={t("testing:run.observed")}>
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={20_000} />
      </Form.Item>
      <Form.Item name="attachments" label={t("testing:run.attachments")}>
        <AttachmentsField number={release.number} />
      </Form.Item>
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
