import { listDepartmentsOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { DepartmentView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { AdminNav } from "@/ui/admin-nav";
import type { Column } from "@/ui/list-page/columns";
import { ListPage } from "@/ui/list-page/list-page";
import { plainQuery } from "@/ui/list-page/plain-query";
import { Page } from "@/ui/page";
import { PermittedButton } from "@/ui/permitted-button";
import { PersonName } from "@/ui/person-name";
import { PlusOutlined } from "@ant-design/icons";
import { Card, Flex, Typography } from "antd";
import type { TFunction } from "i18next";
import { useMemo, useState, type ReactElement, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ActiveTag, activeFilter } from "../active";
import { DepartmentDialog } from "./department-dialog";

/** The departments, whose heads review release plans. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const [open, setOpen] = useState<DepartmentView | "new">();
  const filters = useMemo(
    () => [{ kind: "text" as const, key: "q", label: t("registers:departments.name") }, activeFilter(t)],
    [t],
  );
  const columns = useMemo(() => columnsOf(t, setOpen), [t]);
  return (
    <Page
      title={t("registers:departments.title")}
      subtitle={t("registers:departments.subtitle")}
      extra={
        <PermittedButton
          type="primary"
          operation="create_department"
          icon={<PlusOutlined />}
          onClick={() => setOpen("new")}
        >
          {t("registers:departments.add")}
        </PermittedButton>
      }
    >
      <AdminNav />
      <ListPage
        name="departments"
        filters={filters}
        columns={columns}
        query={(ask) => listDepartmentsOptions({ query: plainQuery(ask) })}
        rowKey={({ id }) => id}
        card={(department) => (
          <Card size="small">
            <Flex vertical gap={4}>
              <Flex justify="space-between" gap={8}>
                <strong>{department.name}</strong>
                <ActiveTag active={department.active} />
              </Flex>
              <Typography.Text type="secondary">
                {t("registers:departments.head")}
                {t("common:colon")}
                {personOf(t, department.head)}
              </Typography.Text>
              <Flex gap={8}>{edit(t, department, setOpen)}</Flex>
            </Flex>
          </Card>
        )}
        nothing={{ text: t("registers:departments.nothing") }}
      />
      {open !== undefined && (
        <DepartmentDialog {...(open !== "new" && { department: open })} onClose={() => setOpen(undefined)} />
      )}
    </Page>
  );
}

function personOf(t: TFunction, id: string | null): ReactNode {
  if (id === null) return t("registers:none");
  return (
    <Link to={paths.user(id)}>
      <PersonName id={id} />
    </Link>
  );
}

function edit(t: TFunction, department: DepartmentView, open: (department: DepartmentView) => void): ReactElement {
  return (
    <PermittedButton size="small" operation="update_department" onClick={() => open(department)}>
      {t("registers:edit")}
    </PermittedButton>
  );
}

function columnsOf(t: TFunction, open: (department: DepartmentView) => void): Column<DepartmentView>[] {
  return [
    { key: "name", title: t("registers:departments.name"), fixed: true, render: ({ name }) => name },
    { key: "head", title: t("registers:departments.head"), render: ({ head }) => personOf(t, head) },
    {
      key: "deputy_head",
      title: t("registers:departments.deputyHead"),
      render: ({ deputy_head }) => personOf(t, deputy_head),
    },
    {
      key: "people",
      title: t("registers:departments.people"),
      render: ({ id }) => (
        <Link to={`${paths.users}?department_id=${id}`}>{t("registers:departments.showPeople")}</Link>
      ),
    },
    { key: "active", title: t("registers:active.label"), render: ({ active }) => <ActiveTag active={active} /> },
    { key: "edit", title: t("registers:step"), render: (department) => edit(t, department, open) },
  ];
}
