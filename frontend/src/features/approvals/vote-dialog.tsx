import { ifMatchEtag, useCommand } from "@/api/command";
import { castVoteMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { ApprovalView, CastVoteRequest, Decision, ReleaseView } from "@/api/generated/types.gen";
import { useMe } from "@/api/me";
import { forget, keep, kept } from "@/lib/storage";
import { useProblemFields } from "@/ui/form/problem-fields";
import { PersonSelect } from "@/ui/form/person-select";
import { ProblemAlert } from "@/ui/problem-alert";
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Dialog } from "@/ui/dialog";
import { App, Button, Checkbox, DatePicker, Flex, Form, Input, Radio, Segmented, Typography } from "antd";
import type { Dayjs } from "dayjs";
import { useEffect, type ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface ConditionFields {
  text: string;
  assignee?: string;
  due?: Dayjs | null;
}

interface Fields {
  for: string;
  comment: string;
  conditions: ConditionFields[];
  confirmed: boolean;
}

interface Props {
  approval: ApprovalView;
  release: ReleaseView | undefined;
  /** The answer that is being given; the dialog is closed without one. */
  decision: Decision | undefined;
  onDecide: (decision: Decision) => void;
  onClose: () => void;
  onDone: () => void;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isEmptyList(value: unknown): boolean {
  return !Array.isArray(value) || value.length === 0;
}

/** The words to an answer: comment, conditions, for whom, and the second confirmation where much depends on it. */
export function VoteDialog({ approval, release, decision, onDecide, onClose, onDone }: Props): ReactElement {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const me = useMe();
  const [form] = Form.useForm<Fields>();
  const draft = `vote.${approval.id}`;
  const vote = useCommand(castVoteMutation(), (_, { body }) => {
    forget(draft);
    form.resetFields();
    void message.success(t("approvals:vote.done", { decision: t(`enums:Decision.${body.decision}`) }));
    onDone();
  });
  const shown = useProblemFields(form, vote.error, ["/comment", "/conditions"]);
  const isOpen = decision !== undefined;
  const grave = release?.kind === "major" || release?.kind === "emergency" ? release.kind : undefined;
  const self = approval.can_answer_for.find(({ id }) => id === me?.id);
  const first = self ?? approval.can_answer_for[0];
  useEffect(() => {
    if (isOpen && decision === "pass_with_conditions" && isEmptyList(form.getFieldValue("conditions")))
      form.setFieldValue("conditions", [{ text: "" }]);
  }, [isOpen, decision, form]);

  const send = (fields: Fields): void => {
    if (decision === undefined) return;
    const body: CastVoteRequest = {
      decision,
      ...(fields.comment.trim() !== "" && { comment: fields.comment.trim() }),
      ...(decision === "pass_with_conditions" && { conditions: fields.conditions.map(conditionOf) }),
      ...(fields.for !== me?.id && { on_behalf_of: fields.for }),
    };
    vote.mutate({ path: { id: approval.id }, headers: ifMatchEtag(approval.etag), body });
  };

  return (
    <Dialog
      open={isOpen}
      title={approval.kind_name}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={decision && t("approvals:vote.submit", { decision: t(`enums:Decision.${decision}`) })}
      okButtonProps={{ danger: decision === "return" }}
      cancelText={t("common:cancel")}
      confirmLoading={vote.isPending}
      forceRender
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={{ for: first?.id, comment: kept(draft, isText) ?? "", conditions: [], confirmed: false }}
        onValuesChange={(_, { comment }) => keep(draft, comment)}
        onFinish={send}
      >
        <Segmented
          block
          aria-label={t("approvals:vote.title")}
          value={decision ?? "pass"}
          options={approval.decisions.map((value) => ({ value, label: t(`enums:Decision.${value}`) }))}
          onChange={onDecide}
          style={{ marginBlockEnd: 12 }}
        />
        {approval.can_answer_for.length > 1 && (
          <Form.Item name="for" label={t("approvals:vote.for")}>
            <Radio.Group
              options={approval.can_answer_for.map(({ id, name }) => ({
                value: id,
                label: id === me?.id ? t("approvals:vote.self") : name,
              }))}
            />
          </Form.Item>
        )}
        <Form.Item hidden={approval.can_answer_for.length > 1 || self !== undefined}>
          <Typography.Text>{t("approvals:vote.deputyFor", { name: first?.name ?? "" })}</Typography.Text>
        </Form.Item>
        <Form.Item
          name="comment"
          label={t("approvals:vote.comment")}
          rules={
            decision === "pass" ? [] : [{ required: true, whitespace: true, message: t("approvals:vote.commentWhy") }]
          }
        >
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={20000} />
        </Form.Item>
        {decision === "pass_with_conditions" && <Conditions />}
        {grave !== undefined && (
          <Form.Item
            name="confirmed"
            valuePropName="checked"
            rules={[
              {
                validator: (_, value) =>
                  value === true ? Promise.resolve() : Promise.reject(new Error(t("approvals:vote.needsConfirm"))),
              },
            ]}
          >
            <Checkbox>{t(`approvals:vote.confirm.${grave}`)}</Checkbox>
          </Form.Item>
        )}
        {approval.reauthentication_needed && (
          <Typography.Paragraph type="secondary">{t("approvals:vote.password")}</Typography.Paragraph>
        )}
        <ProblemAlert error={vote.error} shownAtFields={shown} />
      </Form>
    </Dialog>
  );
}

function conditionOf({ text, assignee, due }: ConditionFields): NonNullable<CastVoteRequest["conditions"]>[number] {
  return { text: text.trim(), ...(assignee && { assignee }), ...(due && { due: due.format("YYYY-MM-DD") }) };
}

function Conditions(): ReactElement {
  const { t } = useTranslation();
  const needed = { required: true, whitespace: true, message: t("common:required") };
  return (
    <Form.List
      name="conditions"
      rules={[
        {
          validator: (_, rows: unknown) =>
            Array.isArray(rows) && rows.length > 0
              ? Promise.resolve()
              : Promise.reject(new Error(t("approvals:vote.needsCondition"))),
        },
      ]}
    >
      {(rows, { add, remove }, { errors }) => (
        <Flex vertical gap={4} role="group" aria-label={t("approvals:vote.conditions")}>
          <Typography.Text type="secondary">{t("approvals:vote.conditionsHint")}</Typography.Text>
          {rows.map(({ key, name }) => (
            <div key={key} className="fabu-change">
              <Flex gap={8} align="start">
                <Form.Item
                  name={[name, "text"]}
                  label={t("approvals:vote.conditionText")}
                  rules={[needed]}
                  style={{ flex: 1, marginBlockEnd: 8 }}
                >
                  <Input maxLength={200} />
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t("approvals:vote.removeCondition")}
                  onClick={() => remove(name)}
                  style={{ marginBlockStart: 30 }}
                />
              </Flex>
              <Flex gap={8} wrap>
                <Form.Item
                  name={[name, "assignee"]}
                  label={t("approvals:vote.conditionAssignee")}
                  style={{ flex: "1 1 200px", marginBlockEnd: 8 }}
                >
                  <PersonSelect />
                </Form.Item>
                <Form.Item name={[name, "due"]} label={t("approvals:vote.conditionDue")} style={{ marginBlockEnd: 8 }}>
                  <DatePicker />
                </Form.Item>
              </Flex>
            </div>
          ))}
          <Button icon={<PlusOutlined />} onClick={() => add({ text: "" })}>
            {t("approvals:vote.addCondition")}
          </Button>
          <Form.ErrorList errors={errors} />
        </Flex>
      )}
    </Form.List>
  );
}
