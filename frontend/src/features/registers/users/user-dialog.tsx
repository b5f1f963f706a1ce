import { ifMatch, useCommand } from "@/api/command";
import { createUserMutation, updateUserMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { Language, Role, UserView, UserWithPasswordView } from "@/api/generated/types.gen";
import { useDepartments } from "@/api/registers";
import { FormDialog } from "@/ui/form/form-dialog";
import { Col, Form, Input, Radio, Row, Select } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { words } from "@/api/words";

interface Fields {
  login: string;
  name: string;
  email?: string | null;
  phone?: string | null;
  department_id?: string | null;
  position?: string | null;
  language: Language;
  roles: Role[];
}

interface Props {
  /** The person to correct; none to add another. */
  user?: UserView;
  onClose: () => void;
  onAdded?: (added: UserWithPasswordView) => void;
}

/** Adds a person, who gets a one-time password, or corrects what is known of them. */
export function UserDialog({ user, onClose, onAdded }: Props): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const departments = useDepartments().data ?? [];
  const create = useCommand(createUserMutation(), (answer) => {
    onClose();
    onAdded?.(answer);
  });
  const update = useCommand(updateUserMutation(), onClose);
  const needed = { required: true, whitespace: true, message: t("common:required") };
  const send = ({ login, name, language, roles, ...others }: Fields) => {
    const body = {
      name,
      language,
      email: stated(others.email),
      phone: stated(others.phone),
      department_id: stated(others.department_id),
      position: stated(others.position),
    };
    if (user === undefined) create.mutate({ body: { ...body, login: login.trim(), roles } });
    else
      update.mutate({ path: { id: user.id }, headers: ifMatch(user.version), body: { ...body, active: user.active } });
  };
  return (
    <FormDialog<Fields>
      title={user === undefined ? t("registers:users.add") : t("registers:users.edit", { name: user.name })}
      form={form}
      initialValues={user ? { ...user, login: user.login ?? "" } : { language: "zh-CN", roles: [] }}
      send={t(user === undefined ? "registers:users.add" : "common:save")}
      onSend={send}
      onClose={onClose}
      isPending={create.isPending || update.isPending}
      error={create.error ?? update.error}
      fields={["/login", "/name", "/email", "/phone", "/department_id", "/position", "/language", "/roles"]}
      width={640}
    >
      <Row gutter={16}>
        <Col xs={24} sm={12}>
          <Form.Item name="name" label={t("registers:users.name")} rules={[needed]}>
            <Input maxLength={200} autoFocus />
          </Form.Item>
        </Col>
        <Col xs={24} sm={12}>
          {user === undefined ? (
            <Form.Item
              name="login"
              label={t("registers:users.login")}
              extra={t("registers:users.loginRule")}
              rules={[needed]}
            >
              <Input maxLength={64} autoCapitalize="none" spellCheck={false} autoComplete="off" />
            </Form.Item>
          ) : (
            <Form.Item label={t("registers:users.login")}>
              <span>{user.login}</span>
            </Form.Item>
          )}
        </Col>
        <Col xs={24} sm={12}>
          <Form.Item name="department_id" label={t("registers:users.department")}>
            <Select
              allowClear
              showSearch={{ optionFilterProp: "label" }}
              options={departments
                .filter(({ id, active }) => active || id === user?.department_id)
                .map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Form.Item>
        </Col>
        <Col xs={24} sm={12}>
          <Form.Item name="position" label={t("registers:users.position")}>
            <Input maxLength={200} />
          </Form.Item>
        </Col>
        <Col xs={24} sm={12}>
          <Form.Item name="email" label={t("registers:users.email")}>
            <Input type="email" maxLength={254} autoComplete="off" />
          </Form.Item>
        </Col>
        <Col xs={24} sm={12}>
          <Form.Item name="phone" label={t("registers:users.phone")}>
            <Input type="tel" maxLength={40} autoComplete="off" />
          </Form.Item>
        </Col>
        <Col xs={24}>
          <Form.Item name="language" label={t("registers:users.language")}>
            <Radio.Group
              options={(["zh-CN", "en"] as const).map((value) => ({ value, label: t(`enums:Language.${value}`) }))}
            />
          </Form.Item>
        </Col>
        {user === undefined && (
          <Col xs={24}>
            <Form.Item name="roles" label={t("registers:users.roles")} extra={t("registers:users.rolesRule")}>
              <Select
                mode="multiple"
                showSearch={{ optionFilterProp: "label" }}
                options={words.Role.map((role) => ({ value: role, label: t(`enums:Role.${role}`) }))}
              />
            </Form.Item>
          </Col>
        )}
      </Row>
    </FormDialog>
  );
}

/** What was typed; null for nothing. */
function stated(text: string | null | undefined): string | null {
  return text?.trim() ? text.trim() : null;
}
