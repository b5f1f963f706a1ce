import { useCommand } from "@/api/command";
import { createReleaseMutation } from "@/api/generated/@tanstack/react-query.gen";
import type {
  CreateReleaseRequest,
  ReleaseKind,
  ReleaseMedium,
  ReleaseScope,
  Role,
  TeamMemberRequest,
} from "@/api/generated/types.gen";
import { procedure, words } from "@/api/words";
import { paths } from "@/lib/paths";
import { LeaveQuestion } from "@/ui/form/leave-question";
import { useProblemFields } from "@/ui/form/problem-fields";
import { Page } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { Clause, Reasons } from "@/ui/reasons";
import { Section } from "@/ui/section";
import { Alert, Button, Flex, Form, Input, Radio } from "antd";
import { parseAsArrayOf, parseAsString, useQueryState } from "nuqs";
import { useCallback, useEffect, useRef, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { ChangeSelect, useChosen } from "./change-select";
import { reasonsAt, teamPointers, unplaced, type Part } from "./refusal";
import { TeamFields } from "./team-fields";

interface Fields {
  changes: string[];
  title: string;
  kind: ReleaseKind;
  scope: ReleaseScope;
  medium: ReleaseMedium;
  people?: Partial<Record<Role, string | null>>;
  representative_reason?: string;
}

/** Makes a release from approved changes; customer and service objects follow from these. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [form] = Form.useForm<Fields>();
  const [asked] = useQueryState("changes", parseAsArrayOf(parseAsString).withDefault([]));
  const [sentRoles, setSentRoles] = useState<string[]>([]);
  const isCreated = useRef(false);
  const create = useCommand(createReleaseMutation(), ({ number }) => {
    isCreated.current = true;
    void navigate(paths.release(number));
  });
  const isEntered = useCallback(() => !isCreated.current && form.isFieldsTouched(), [form]);
  const shown = useProblemFields(form, create.error, ["/changes", "/title", "/kind", "/scope", "/medium"]);
  useTitleOfOnly(form, Form.useWatch(({ changes }: Partial<Fields>) => changes, form) ?? asked);
  useEffect(() => {
    form.setFields(
      teamPointers(sentRoles, create.error).map(({ role, message }) => ({
        name: ["people", role as Role],
        errors: [message],
      })),
    );
  }, [form, sentRoles, create.error]);

  const send = (fields: Fields) => {
    const team = teamOf(fields);
    setSentRoles(team.map(({ role }) => role));
    const { changes, title, kind, scope, medium } = fields;
    const body: CreateReleaseRequest = { changes, title, kind, scope, medium, team };
    create.mutate({ body });
  };
  const needed = { required: true, message: t("common:required") };
  return (
    <Page title={t("newrelease:title")} subtitle={t("newrelease:subtitle")}>
      <LeaveQuestion isEntered={isEntered} />
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={{ changes: asked, kind: "minor", scope: "delta", medium: "software" }}
        onFinish={send}
        style={{ maxWidth: 880 }}
      >
        <Flex vertical gap={16}>
          <Section title={t("newrelease:changes.title")} extra={<Clause clause="9.1" />}>
            <Form.Item
              name="changes"
              label={t("newrelease:changes.label")}
              extra={t("newrelease:changes.rule")}
              rules={[needed]}
            >
              <ChangeSelect />
            </Form.Item>
            <PartReasons error={create.error} part="changes" />
          </Section>
          <Section title={t("newrelease:content")} extra={<Clause clause="5.1" />}>
            <Form.Item name="title" label={t("newrelease:name")} rules={[{ ...needed, whitespace: true }]}>
              <Input maxLength={200} />
            </Form.Item>
            <Choice name="kind" schema="ReleaseKind" />
            <Choice name="scope" schema="ReleaseScope" />
            <Choice name="medium" schema="ReleaseMedium" />
          </Section>
          <Section title={t("newrelease:team")} extra={<Clause clause="4" />}>
            <TeamFields />
            <PartReasons error={create.error} part="team" />
          </Section>
          <ProblemAlert error={unplaced(create.error)} shownAtFields={shown} />
          <Flex gap={8}>
            <Button type="primary" htmlType="submit" loading={create.isPending}>
              {t("newrelease:create")}
            </Button>
            <Button onClick={() => void navigate(-1)}>{t("common:cancel")}</Button>
          </Flex>
        </Flex>
      </Form>
    </Page>
  );
}

/** While nothing else was typed, the title is that of the only change. */
function useTitleOfOnly(form: ReturnType<typeof Form.useForm<Fields>>[0], ids: readonly string[]): void {
  const chosen = useChosen(ids);
  const only = chosen.length === 1 ? chosen[0]?.title : undefined;
  useEffect(() => {
    if (only !== undefined && !form.isFieldTouched("title")) form.setFieldValue("title", only);
  }, [form, only]);
}

function teamOf({ people = {}, representative_reason = "" }: Fields): TeamMemberRequest[] {
  return procedure.team.flatMap((role) => {
    const user_id = people[role];
    if (!user_id) return [];
    const reason = role === "customer_representative" ? representative_reason.trim() : "";
    return [{ role, user_id, ...(reason !== "" && { reason }) }];
  });
}

/** What the API refuses about one part, shown in it. */
function PartReasons({ error, part }: { error: unknown; part: Part }): ReactElement | null {
  const reasons = reasonsAt(error, part);
  return reasons.length === 0 ? null : (
    <Alert type="error" showIcon role="alert" title={<Reasons reasons={reasons} />} />
  );
}

interface ChoiceProps {
  name: "kind" | "scope" | "medium";
  schema: "ReleaseKind" | "ReleaseScope" | "ReleaseMedium";
}

/** One of three words, each with a sentence about what follows from it. */
function Choice({ name, schema }: ChoiceProps): ReactElement {
  const { t } = useTranslation();
  return (
    <Form.Item name={name} label={t(`newrelease:${name}.label`)} rules={[{ required: true }]}>
      <Radio.Group>
        <Flex vertical gap={4}>
          {words[schema].map((value) => (
            <Radio key={value} value={value}>
              {t(`enums:${schema}.${value}`)} <span style={{ opacity: 0.75 }}>{t(`newrelease:${name}.${value}`)}</span>
            </Radio>
          ))}
        </Flex>
      </Radio.Group>
    </Form.Item>
  );
}
