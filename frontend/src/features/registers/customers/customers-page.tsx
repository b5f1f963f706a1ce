import { listCustomersOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { CustomerView, Representative } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { today } from "@/lib/time";
import { AdminNav } from "@/ui/admin-nav";
import type { Column } from "@/ui/list-page/columns";
import { ListPage } from "@/ui/list-page/list-page";
import { plainQuery } from "@/ui/list-page/plain-query";
import { Page } from "@/ui/page";
import { PermittedButton } from "@/ui/permitted-button";
import { PersonName } from "@/ui/person-name";
import { PlusOutlined } from "@ant-design/icons";
import { Card, Flex, Tag, Typography } from "antd";
import type { TFunction } from "i18next";
import { useMemo, useState, type ReactElement, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ActiveTag, activeFilter } from "../active";
import { CustomerDialog } from "./customer-dialog";

/** The customers, and who accepts and confirms for them in which time. */
export function Component(): ReactElement {
  const { t } = useTranslation();
  const [open, setOpen] = useState<CustomerView | "new">();
  const filters = useMemo(
    () => [{ kind: "text" as const, key: "q", label: t("registers:customers.name") }, activeFilter(t)],
    [t],
  );
  const columns = useMemo(() => columnsOf(t, setOpen), [t]);
  return (
    <Page
      title={t("registers:customers.title")}
      subtitle={t("registers:customers.subtitle")}
      extra={
        <PermittedButton
          type="primary"
          operation="create_customer"
          icon={<PlusOutlined />}
          onClick={() => setOpen("new")}
        >
          {t("registers:customers.add")}
        </PermittedButton>
      }
    >
      <AdminNav />
      <ListPage
        name="customers"
        filters={filters}
        columns={columns}
        query={(ask) => listCustomersOptions({ query: plainQuery(ask) })}
        rowKey={({ id }) => id}
        card={(customer) => (
          <Card size="small">
            <Flex vertical gap={4}>
              <Flex justify="space-between" gap={8}>
                <strong>{customer.name}</strong>
                <ActiveTag active={customer.active} />
              </Flex>
              <Typography.Text type="secondary">{customer.contract}</Typography.Text>
              <Representatives of={customer} />
              <Flex gap={8}>{edit(t, customer, setOpen)}</Flex>
            </Flex>
          </Card>
        )}
        nothing={{ text: t("registers:customers.nothing") }}
      />
      {open !== undefined && (
        <CustomerDialog {...(open !== "new" && { customer: open })} onClose={() => setOpen(undefined)} />
      )}
    </Page>
  );
}

function edit(t: TFunction, customer: CustomerView, open: (customer: CustomerView) => void): ReactElement {
  return (
    <PermittedButton size="small" operation="update_customer" onClick={() => open(customer)}>
      {t("registers:edit")}
    </PermittedButton>
  );
}

function columnsOf(t: TFunction, open: (customer: CustomerView) => void): Column<CustomerView>[] {
  return [
    { key: "name", title: t("registers:customers.name"), fixed: true, render: ({ name }) => name },
    { key: "contract", title: t("registers:customers.contract"), render: ({ contract }) => contract },
    {
      key: "representatives",
      title: t("registers:customers.representatives"),
      render: (customer) => <Representatives of={customer} />,
    },
    {
      key: "objects",
      title: t("registers:objects.title"),
      render: ({ id }) => (
        <Link to={`${paths.serviceObjects}?customer_id=${id}`}>{t("registers:customers.showObjects")}</Link>
      ),
    },
    { key: "active", title: t("registers:active.label"), render: ({ active }) => <ActiveTag active={active} /> },
    { key: "edit", title: t("registers:step"), render: (customer) => edit(t, customer, open) },
  ];
}

/** Who represents a customer, with the days of the entitlement. */
function Representatives({ of }: { of: CustomerView }): ReactNode {
  const { t } = useTranslation();
  if (of.representatives.length === 0) {
    return <Typography.Text type="warning">{t("registers:customers.noRepresentative")}</Typography.Text>;
  }
  return (
    <Flex vertical gap={2}>
      {of.representatives.map((one) => (
        <Flex key={`${one.user_id} ${one.from}`} gap={6} wrap align="baseline">
          <Link to={paths.user(one.user_id)}>
            <PersonName id={one.user_id} />
          </Link>
          <Typography.Text type="secondary">{period(t, one)}</Typography.Text>
          {isOver(one) && <Tag>{t("registers:customers.ended")}</Tag>}
          {one.internal_reason && <Tag title={one.internal_reason}>{t("registers:customers.internal")}</Tag>}
        </Flex>
      ))}
    </Flex>
  );
}

function isOver({ until }: Representative): boolean {
  return typeof until === "string" && until < today();
}

function period(t: TFunction, { from, until }: Representative): string {
  return until ? `${from} – ${until}` : t("registers:customers.since", { day: from });
}
