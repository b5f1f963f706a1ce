import { listServiceObjectsOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { CustomerView, DepartmentView, ServiceObjectView } from "@/api/generated/types.gen";
import { useCustomers, useDepartments } from "@/api/registers";
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
import { ServiceObjectDialog } from "./service-object-dialog";

const noCustomers: CustomerView[] = [];
const noDepartments: DepartmentView[] = [];

/** The objects under service: whose they are, and which departments a release of them touches. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const [open, setOpen] = useState<ServiceObjectView | "new">();
  const customers = useCustomers().data ?? noCustomers;
  const departments = useDepartments().data ?? noDepartments;
  const filters = useMemo(() => filtersOf(t, customers), [t, customers]);
  const columns = useMemo(() => columnsOf(t, customers, departments, setOpen), [t, customers, departments]);
  return (
    <Page
      title={t("registers:objects.title")}
      subtitle={t("registers:objects.subtitle")}
      extra={
        <PermittedButton
          type="primary"
          operation="create_service_object"
          icon={<PlusOutlined />}
          onClick={() => setOpen("new")}
        >
          {t("registers:objects.add")}
        </PermittedButton>
      }
    >
      <AdminNav />
      <ListPage
        name="service-objects"
        filters={filters}
        columns={columns}
        query={(ask) => listServiceObjectsOptions({ query: plainQuery(ask) })}
        rowKey={({ id }) => id}
        card={(object) => (
          <Card size="small">
            <Flex vertical gap={4}>
              <Flex justify="space-between" gap={8}>
                <strong>
                  {object.code} {object.name}
                </strong>
                <ActiveTag active={object.active} />
              </Flex>
              <span>{customers.find(({ id }) => id === object.customer_id)?.name}</span>
              <Typography.Text type="secondary">{namesOf(t, object, departments)}</Typography.Text>
              <Flex gap={8}>{edit(t, object, setOpen)}</Flex>
            </Flex>
          </Card>
        )}
        nothing={{ text: t("registers:objects.nothing") }}
      />
      {open !== undefined && (
        <ServiceObjectDialog {...(open !== "new" && { object: open })} onClose={() => setOpen(undefined)} />
      )}
    </Page>
  );
}

function filtersOf(t: TFunction, customers: readonly CustomerView[]): Filter[] {
  return [
    { kind: "text", key: "q", label: t("registers:objects.q") },
    {
      kind: "choice",
      key: "customer_id",
      label: t("registers:objects.customer"),
      options: customers.map(({ id, name }) => ({ value: id, label: name })),
    },
    activeFilter(t),
  ];
}

function namesOf(t: TFunction, { departments }: ServiceObjectView, known: readonly DepartmentView[]): string {
  const names = departments.map((wanted) => known.find(({ id }) => id === wanted)?.name ?? "…");
  return names.length === 0 ? t("registers:none") : names.join(t("common:listSeparator"));
}

function edit(t: TFunction, object: ServiceObjectView, open: (object: ServiceObjectView) => void): ReactElement {
  return (
    <PermittedButton size="small" operation="update_service_object" onClick={() => open(object)}>
      {t("registers:edit")}
    </PermittedButton>
  );
}

function columnsOf(
  t: TFunction,
  customers: readonly CustomerView[],
  departments: readonly DepartmentView[],
  open: (object: ServiceObjectView) => void,
): Column<ServiceObjectView>[] {
  return [
    { key: "code", title: t("registers:objects.code"), fixed: true, render: ({ code }) => code },
    { key: "name", title: t("registers:objects.name"), fixed: true, render: ({ name }) => name },
    {
      key: "customer",
      title: t("registers:objects.customer"),
      render: ({ customer_id }) => customers.find(({ id }) => id === customer_id)?.name,
    },
    {
      key: "departments",
      title: t("registers:objects.departments"),
      render: (object) => namesOf(t, object, departments),
    },
    {
      key: "releases",
      title: t("registers:objects.releases"),
      render: ({ id }) => (
        <Link to={`${paths.changes}?service_object_id=${id}`}>{t("registers:objects.showChanges")}</Link>
      ),
    },
    { key: "active", title: t("registers:active.label"), render: ({ active }) => <ActiveTag active={active} /> },
    { key: "edit", title: t("registers:step"), render: (object) => edit(t, object, open) },
  ];
}
