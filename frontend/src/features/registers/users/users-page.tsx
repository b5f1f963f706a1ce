import { listUsersOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { DepartmentView, Role, UserView, UserWithPasswordView } from "@/api/generated/types.gen";
import { useDepartments } from "@/api/registers";
import { paths } from "@/lib/paths";
import { AdminNav } from "@/ui/admin-nav";
import type { Column } from "@/ui/list-page/columns";
import type { Filter } from "@/ui/list-page/filters";
import { ListPage } from "@/ui/list-page/list-page";
import { plainQuery } from "@/ui/list-page/plain-query";
import { Page } from "@/ui/page";
import { PermittedButton } from "@/ui/permitted-button";
import { PlusOutlined } from "@ant-design/icons";
import { Card, Flex, Typography } from "antd";
import type { TFunction } from "i18next";
import { useMemo, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ActiveTag, activeFilter } from "../active";
import { OneTimePassword } from "./one-time-password";
import { words } from "@/api/words";
import { UserDialog } from "./user-dialog";

const none: DepartmentView[] = [];

/** Everybody with an account, and what they may be asked to do. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const [isAdding, setAdding] = useState(false);
  const [added, setAdded] = useState<UserWithPasswordView>();
  const departments = useDepartments().data ?? none;
  const filters = useMemo(() => filtersOf(t, departments), [t, departments]);
  const columns = useMemo(() => columnsOf(t, departments), [t, departments]);
  return (
    <Page
      title={t("registers:users.title")}
      extra={
        <PermittedButton type="primary" operation="create_user" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          {t("registers:users.add")}
        </PermittedButton>
      }
    >
      <AdminNav />
      <ListPage
        name="users"
        filters={filters}
        columns={columns}
        query={(ask) => listUsersOptions({ query: plainQuery(ask) })}
        rowKey={({ id }) => id}
        card={(user) => <UserCard user={user} />}
        views={[
          { name: t("registers:users.all"), search: "" },
          { name: t("registers:active.yes"), search: "active=true" },
          { name: t("registers:active.no"), search: "active=false" },
        ]}
        nothing={{ text: t("registers:users.nothing") }}
      />
      {isAdding && <UserDialog onClose={() => setAdding(false)} onAdded={setAdded} />}
      {added && <OneTimePassword issued={added} onClose={() => setAdded(undefined)} />}
    </Page>
  );
}

function filtersOf(t: TFunction, departments: readonly DepartmentView[]): Filter[] {
  return [
    { kind: "text", key: "q", label: t("registers:users.q") },
    {
      kind: "choice",
      key: "role",
      label: t("registers:users.roles"),
      multiple: true,
      options: words.Role.map((role) => ({ value: role, label: t(`enums:Role.${role}`) })),
    },
    {
      kind: "choice",
      key: "department_id",
      label: t("registers:users.department"),
      options: departments.map(({ id, name }) => ({ value: id, label: name })),
    },
    activeFilter(t),
  ];
}

function columnsOf(t: TFunction, departments: readonly DepartmentView[]): Column<UserView>[] {
  return [
    { key: "name", title: t("registers:users.name"), fixed: true, render: nameLink },
    { key: "login", title: t("registers:users.login"), render: ({ login }) => login },
    {
      key: "department",
      title: t("registers:users.department"),
      render: ({ department_id }) => departments.find(({ id }) => id === department_id)?.name,
    },
    { key: "position", title: t("registers:users.position"), render: ({ position }) => position },
    { key: "roles", title: t("registers:users.roles"), width: 280, render: (user) => rolesText(t, user.roles) },
    { key: "email", title: t("registers:users.email"), hidden: true, render: ({ email }) => email },
    { key: "phone", title: t("registers:users.phone"), hidden: true, render: ({ phone }) => phone },
    { key: "active", title: t("registers:active.label"), render: ({ active }) => <ActiveTag active={active} /> },
  ];
}

function rolesText(t: TFunction, roles: readonly Role[]): string {
  return roles.map((role) => t(`enums:Role.${role}`)).join(t("common:listSeparator"));
}

function nameLink({ id, name }: UserView): ReactElement {
  return <Link to={paths.user(id)}>{name}</Link>;
}

/** A person on a phone. */
function UserCard({ user }: { user: UserView }): ReactElement {
  const { t } = useTranslation();
  return (
    <Card size="small">
      <Flex vertical gap={4}>
        <Flex justify="space-between" gap={8}>
          {nameLink(user)}
          <ActiveTag active={user.active} />
        </Flex>
        <span>{[user.login, user.position].filter(Boolean).join(" · ")}</span>
        <Typography.Text type="secondary">{rolesText(t, user.roles)}</Typography.Text>
      </Flex>
    </Card>
  );
}
