import { ifMatch, useCommand } from "@/api/command";
import { createRobotMutation, updateRobotMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { RobotKind, RobotView } from "@/api/generated/types.gen";
import { useCustomers } from "@/api/registers";
import { languages } from "@/lib/language";
import { DepartmentsSelect } from "@/ui/form/department-select";
import { FormDialog } from "@/ui/form/form-dialog";
import { Checkbox, Flex, Form, Input, Radio, Select, Typography } from "antd";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { KindsField } from "./kinds-field";
import { fieldsOf, requestOf, type RobotFields } from "./robot-request";

const makers: readonly RobotKind[] = ["wecom", "dingtalk", "feishu"];

interface Props {
  /** The robot to change; none to add another. */
  robot?: RobotView;
  onClose: () => void;
}

/** Adds a robot, or says what it tells the group and what it speaks with. */
export function RobotDialog({ robot, onClose }: Props): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<RobotFields>();
  const customers = useCustomers();
  const create = useCommand(createRobotMutation(), onClose);
  const update = useCommand(updateRobotMutation(), onClose);
  const needed = { required: true, message: t("common:required") };
  const send = (fields: RobotFields) => {
    const body = requestOf(fields);
    if (robot === undefined) create.mutate({ body });
    else update.mutate({ path: { id: robot.id }, headers: ifMatch(robot.version), body });
  };
  return (
    <FormDialog<RobotFields>
      title={robot === undefined ? t("robots:add") : t("robots:edit", { name: robot.name })}
      form={form}
      initialValues={fieldsOf(robot)}
      send={t("common:save")}
      onSend={send}
      onClose={onClose}
      isPending={create.isPending || update.isPending}
      error={create.error ?? update.error}
      fields={["/name", "/maker", "/base_url", "/credentials", "/language", "/kinds", "/customers", "/departments"]}
      width={680}
    >
      <Form.Item
        name="name"
        label={t("robots:name")}
        extra={t("robots:nameRule")}
        rules={[{ ...needed, whitespace: true }]}
      >
        <Input maxLength={200} autoFocus />
      </Form.Item>
      <Form.Item name="maker" label={t("robots:maker")} rules={[needed]}>
        <Radio.Group options={makers.map((value) => ({ value, label: t(`enums:RobotKind.${value}`) }))} />
      </Form.Item>
      <Form.Item name="base_url" label={t("robots:baseUrl")} extra={t("robots:baseUrlRule")}>
        <Input type="url" maxLength={200} />
      </Form.Item>
      <Credentials robot={robot} />
      <Form.Item name="language" label={t("robots:language")} rules={[needed]}>
        <Radio.Group options={languages.map((value) => ({ value, label: t(`enums:Language.${value}`) }))} />
      </Form.Item>
      <Form.Item name="kinds" label={t("robots:kinds")} extra={t("robots:kindsRule")}>
        <KindsField />
      </Form.Item>
      <Form.Item name="customers" label={t("robots:customers")} extra={t("robots:customersRule")}>
        <Select
          mode="multiple"
          loading={customers.isPending}
          showSearch={{ optionFilterProp: "label" }}
          options={(customers.data ?? [])
            .filter(({ id, active }) => active || robot?.customers.includes(id) === true)
            .map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="departments" label={t("robots:departments")} extra={t("robots:departmentsRule")}>
        <DepartmentsSelect />
      </Form.Item>
      <Form.Item name="active" valuePropName="checked">
        <Checkbox>{t("robots:activeRule")}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}

/** What the robot speaks with, and where that is found at its maker. */
function Credentials({ robot }: { robot: RobotView | undefined }): ReactElement {
  const { t } = useTranslation();
  const maker = Form.useWatch<RobotKind | undefined>("maker");
  return (
    // What the API says about both stands below both.
    <Form.Item name="credentials" style={{ marginBlockEnd: 0 }}>
      <CredentialsPart>
        <Flex vertical style={{ marginBlockEnd: 12 }}>
          <Typography.Text type="secondary">{t("robots:credentialsRule")}</Typography.Text>
          {robot !== undefined && (
            <Typography.Text type="secondary">
              {t(robot.signed ? "robots:keepsBoth" : "robots:keepsToken")}
            </Typography.Text>
          )}
        </Flex>
        <Form.Item
          name={["credentials", "token"]}
          label={t("robots:token")}
          extra={maker !== undefined && t(`robots:tokenRule.${maker}`)}
        >
          <Input.Password maxLength={500} autoComplete="new-password" spellCheck={false} />
        </Form.Item>
        {/* WeCom signs nothing; what was typed for another maker is forgotten. */}
        {maker !== "wecom" && (
          <Form.Item
            name={["credentials", "secret"]}
            label={t("robots:secret")}
            extra={maker !== undefined && t(`robots:secretRule.${maker}`)}
            preserve={false}
          >
            <Input.Password maxLength={500} autoComplete="new-password" spellCheck={false} />
          </Form.Item>
        )}
      </CredentialsPart>
    </Form.Item>
  );
}

/** Takes the focus when something is wrong with the two together; their values are those of the fields in it. */
function CredentialsPart({ id, children }: { id?: string; children: ReactNode }): ReactElement {
  const { t } = useTranslation();
  return (
    <div {...(id !== undefined && { id })} role="group" aria-label={t("robots:credentials")} tabIndex={-1}>
      {children}
    </div>
  );
}
