import { useCommand } from "@/api/command";
import {
  createProcedureVersionMutation,
  listProcedureVersionsOptions,
} from "@/api/generated/@tanstack/react-query.gen";
import type { CreateProcedureVersionRequest, ProcedureVersionSummary } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { DayField } from "@/ui/form/day-field";
import { FormDialog } from "@/ui/form/form-dialog";
import { Page } from "@/ui/page";
import { Loaded } from "@/ui/page-states";
import { PermittedButton } from "@/ui/permitted-button";
import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Form, Input, Table, Typography } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { Signature, signatures, VersionTag } from "./version-parts";

/** The change history of the procedure (F2). A hundred versions are more than any procedure has. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const [isBeginning, setBeginning] = useState(false);
  const versions = useQuery(listProcedureVersionsOptions({ query: { limit: 100 } }));
  return (
    <Page
      title={t("versions:title")}
      subtitle={<Link to={paths.help}>{t("versions:help")}</Link>}
      extra={
        <PermittedButton
          operation="create_procedure_version"
          icon={<PlusOutlined />}
          onClick={() => setBeginning(true)}
        >
          {t("versions:begin.button")}
        </PermittedButton>
      }
    >
      <Loaded query={versions}>{({ items }) => <History versions={items} />}</Loaded>
      {isBeginning && <BeginDialog onClose={() => setBeginning(false)} />}
    </Page>
  );
}

function History({ versions }: { versions: ProcedureVersionSummary[] }): ReactElement {
  const { t } = useTranslation();
  return (
    <Table<ProcedureVersionSummary>
      size="middle"
      rowKey={({ id }) => id}
      dataSource={versions}
      pagination={false}
      scroll={{ x: "max-content" }}
      columns={[
        {
          key: "label",
          title: t("versions:label"),
          render: (_, { label }) => <Link to={paths.procedureVersion(label)}>{label}</Link>,
        },
        { key: "state", title: t("versions:state"), render: (_, { state }) => <VersionTag state={state} /> },
        { key: "day", title: t("versions:effectiveOn"), render: (_, { effective_on }) => effective_on },
        {
          key: "note",
          title: t("versions:changeNote"),
          render: (_, { change_note }) => <div style={{ maxWidth: 360, whiteSpace: "pre-line" }}>{change_note}</div>,
        },
        ...signatures.map((name) => ({
          key: name,
          title: t(`versions:${name}`),
          render: (_: unknown, version: ProcedureVersionSummary) => (
            <Signature version={version} mark={version[name]} />
          ),
        })),
      ]}
    />
  );
}

function BeginDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [form] = Form.useForm<CreateProcedureVersionRequest>();
  const create = useCommand(createProcedureVersionMutation(), ({ label }) => {
    void navigate(paths.procedureVersion(label));
  });
  const rules = [{ required: true, whitespace: true, message: t("common:required") }];
  return (
    <FormDialog<CreateProcedureVersionRequest>
      title={t("versions:begin.title")}
      form={form}
      send={t("versions:begin.send")}
      onSend={(body) => create.mutate({ body })}
      onClose={onClose}
      isPending={create.isPending}
      error={create.error}
      fields={["/label", "/change_note", "/effective_on"]}
    >
      <Typography.Paragraph type="secondary">{t("versions:begin.advice")}</Typography.Paragraph>
      <Form.Item name="label" label={t("versions:label")} extra={t("versions:begin.labelRule")} rules={rules}>
        <Input maxLength={8} autoFocus />
      </Form.Item>
      <Form.Item name="effective_on" label={t("versions:effectiveOn")} rules={rules}>
        <DayField />
      </Form.Item>
      <Form.Item name="change_note" label={t("versions:changeNote")} rules={rules}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  );
}
