import { ifMatch, useCommand } from "@/api/command";
import {
  resetUserPasswordMutation,
  updateUserMutation,
  viewUserOptions,
} from "@/api/generated/@tanstack/react-query.gen";
import type { ChangedUserView, UserView, UserWithPasswordView } from "@/api/generated/types.gen";
import { useDepartments } from "@/api/registers";
import { AdminNav } from "@/ui/admin-nav";
import { Loaded } from "@/ui/page-states";
import { Page } from "@/ui/page";
import { PermittedButton } from "@/ui/permitted-button";
import { Section } from "@/ui/section";
import { ProblemAlert } from "@/ui/problem-alert";
import { useQuery } from "@tanstack/react-query";
import { Dialog } from "@/ui/dialog";
import { Descriptions, Flex, Tag, Typography } from "antd";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { ActiveTag } from "../active";
import { PersonDeputies } from "../deputies/person-deputies";
import { LeftWaiting } from "./left-waiting";
import { OneTimePassword } from "./one-time-password";
import { RolesDialog } from "./roles-dialog";
import { UserDialog } from "./user-dialog";

/** One person: who they are, what they may be asked to do, who stands in for them. */
export function Component(): ReactElement {
  const { id = "" } = useParams();
  return <Loaded query={useQuery(viewUserOptions({ path: { id } }))}>{(user) => <User user={user} />}</Loaded>;
}

type Dialog = "edit" | "roles" | "reset" | "active";

function User({ user }: { user: UserView }): ReactElement {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<Dialog>();
  const [issued, setIssued] = useState<UserWithPasswordView>();
  const [changed, setChanged] = useState<ChangedUserView>();
  const close = () => setDialog(undefined);
  return (
    <Page
      title={user.name}
      subtitle={
        <Flex gap={8} wrap align="baseline">
          <span>{user.login}</span>
          <ActiveTag active={user.active} />
        </Flex>
      }
      extra={
        <>
          <PermittedButton operation="update_user" onClick={() => setDialog("active")}>
            {t(user.active ? "registers:users.disable" : "registers:users.enable")}
          </PermittedButton>
          <PermittedButton operation="reset_user_password" onClick={() => setDialog("reset")}>
            {t("registers:users.reset")}
          </PermittedButton>
          <PermittedButton operation="set_user_roles" onClick={() => setDialog("roles")}>
            {t("registers:users.setRoles")}
          </PermittedButton>
          <PermittedButton type="primary" operation="update_user" onClick={() => setDialog("edit")}>
            {t("registers:edit")}
          </PermittedButton>
        </>
      }
    >
      <AdminNav />
      <Person user={user} />
      <PersonDeputies user={user} />
      {dialog === "edit" && <UserDialog user={user} onClose={close} />}
      {dialog === "roles" && <RolesDialog user={user} onClose={close} onChanged={setChanged} />}
      {dialog === "reset" && <ResetDialog user={user} onClose={close} onIssued={setIssued} />}
      {dialog === "active" && <ActiveDialog user={user} onClose={close} onChanged={setChanged} />}
      {changed && changed.left_waiting.length > 0 && (
        <LeftWaiting changed={changed} onClose={() => setChanged(undefined)} />
      )}
      {issued && <OneTimePassword issued={issued} onClose={() => setIssued(undefined)} />}
    </Page>
  );
}

function Person({ user }: { user: UserView }): ReactElement {
  const { t } = useTranslation();
  const department = useDepartments().data?.find(({ id }) => id === user.department_id);
  const none = t("registers:none");
  return (
    <Section title={t("registers:users.person")}>
      <Descriptions
        column={{ xs: 1, md: 2 }}
        items={[
          { key: "department", label: t("registers:users.department"), children: department?.name ?? none },
          { key: "position", label: t("registers:users.position"), children: user.position ?? none },
          { key: "email", label: t("registers:users.email"), children: user.email ?? none },
          { key: "phone", label: t("registers:users.phone"), children: user.phone ?? none },
          {
            key: "language",
            label: t("registers:users.language"),
            children: t(`enums:Language.${user.language}`),
          },
          {
            key: "roles",
            label: t("registers:users.roles"),
            span: "filled",
            children:
              user.roles.length === 0 ? (
                none
              ) : (
                <Flex gap={4} wrap>
                  {user.roles.map((role) => (
                    <Tag key={role}>{t(`enums:Role.${role}`)}</Tag>
                  ))}
                </Flex>
              ),
          },
        ]}
      />
    </Section>
  );
}

interface DialogProps {
  user: UserView;
  onClose: () => void;
}

function ResetDialog({
  user,
  onClose,
  onIssued,
}: DialogProps & { onIssued: (issued: UserWithPasswordView) => void }): ReactElement {
  const { t } = useTranslation();
  const reset = useCommand(resetUserPasswordMutation(), (answer) => {
    onClose();
    onIssued(answer);
  });
  return (
    <Dialog
      open
      title={t("registers:users.resetOf", { name: user.name })}
      okText={t("registers:users.reset")}
      cancelText={t("common:cancel")}
      confirmLoading={reset.isPending}
      onOk={() => reset.mutate({ path: { id: user.id }, headers: ifMatch(user.version) })}
      onCancel={onClose}
    >
      <Typography.Paragraph>{t("registers:users.resetAdvice")}</Typography.Paragraph>
      <ProblemAlert error={reset.error} />
    </Dialog>
  );
}

function ActiveDialog({
  user,
  onClose,
  onChanged,
}: DialogProps & { onChanged: (changed: ChangedUserView) => void }): ReactElement {
  const { t } = useTranslation();
  const update = useCommand(updateUserMutation(), (answer) => {
    onClose();
    onChanged(answer);
  });
  const { name, email, phone, department_id, position, language, active } = user;
  const body = { name, email, phone, department_id, position, language, active: !active };
  return (
    <Dialog
      open
      title={t(active ? "registers:users.disableOf" : "registers:users.enableOf", { name })}
      okText={t(active ? "registers:users.disable" : "registers:users.enable")}
      okButtonProps={{ danger: active }}
      cancelText={t("common:cancel")}
      confirmLoading={update.isPending}
      onOk={() => update.mutate({ path: { id: user.id }, headers: ifMatch(user.version), body })}
      onCancel={onClose}
    >
      <Typography.Paragraph>
        {t(active ? "registers:users.disableAdvice" : "registers:users.enableAdvice")}
      </Typography.Paragraph>
      <ProblemAlert error={update.error} />
    </Dialog>
  );
}
