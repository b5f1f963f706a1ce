import { ifMatch, useCommand } from "@/api/command";
import { setUserRolesMutation } from "@/api/generated/@tanstack/react-query.gen";
import type { ChangedUserView, Role, UserView } from "@/api/generated/types.gen";
import { FormDialog } from "@/ui/form/form-dialog";
import { Checkbox, Col, Form, Row, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { words } from "@/api/words";

/** Says what a person may be asked to do. */
export function RolesDialog({
  user,
  onClose,
  onChanged,
}: {
  user: UserView;
  onClose: () => void;
  onChanged: (changed: ChangedUserView) => void;
}): ReactElement {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ roles: Role[] }>();
  const set = useCommand(setUserRolesMutation(), (answer) => {
    onClose();
    onChanged(answer);
  });
  return (
    <FormDialog<{ roles: Role[] }>
      title={t("registers:users.rolesOf", { name: user.name })}
      form={form}
      initialValues={{ roles: user.roles }}
      send={t("common:save")}
      onSend={(body) => set.mutate({ path: { id: user.id }, headers: ifMatch(user.version), body })}
      onClose={onClose}
      isPending={set.isPending}
      error={set.error}
      fields={["/roles"]}
    >
      <Typography.Paragraph type="secondary">{t("registers:users.rolesRule")}</Typography.Paragraph>
      <Form.Item name="roles" label={t("registers:users.roles")}>
        <Checkbox.Group style={{ width: "100%" }}>
          <Row gutter={[8, 8]} style={{ width: "100%" }}>
            {words.Role.map((role) => (
              <Col key={role} xs={24} sm={12}>
                <Checkbox value={role}>{t(`enums:Role.${role}`)}</Checkbox>
              </Col>
            ))}
          </Row>
        </Checkbox.Group>
      </Form.Item>
    </FormDialog>
  );
}
