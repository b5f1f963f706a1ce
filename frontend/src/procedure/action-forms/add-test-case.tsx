import { useCommand } from "@/api/command";
import { addTestCaseMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { TestCaseRequest } from "@/api/generated/types.gen";
import { words } from "@/api/words";
import { useProblemFields } from "@/ui/form/problem-fields";
import { Form, Input, Select } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { ActionFormProps } from "../action-forms";
import { FormEnd } from "../form-end";

/** A test case of one of the categories of 5.4; `subject` is the category. */
export function Component({ release, action, subject, onClose }: ActionFormProps): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<TestCaseRequest>();
  const send = useCommand(addTestCaseMutation(), onClose);
  const shown = useProblemFields(form, send.error, ["/category", "/title", "/procedure", "/expected"]);
  const needed = [{ required: true, message: t("common:required") }];
  return (
    <Form<TestCaseRequest>
      form={form}
      layout="vertical"
      initialValues={{ category: subject }}
      onFinish={({ procedure, ...test }) =>
        send.mutate({ path: { number: release.number }, body: { ...test, procedure: procedure ? procedure : null } })
      }
    >
      <Form.Item name="category" label={t("testing:case.category")} rules={needed}>
        <Select
          options={words.TestCategory.map((category) => ({
            value: category,
            label: t(`enums:TestCategory.${category}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="title" label={t("testing:case.title")} rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="procedure" label={t("testing:case.procedure")}>
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={20_000} />
      </Form.Item>
      <Form.Item name="expected" label={t("testing:case.expected")} rules={needed}>
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={20_000} />
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
