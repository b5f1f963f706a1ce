import {
  createCustomerMutation,
  listCustomersOptions,
  updateCustomerMutation,
} from "@/api/generated/@tanstack/react-query.gen";
import type { CustomerView, Representative } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { today } from "@/lib/time";
import { Flex, Tag, Typography } from "antd";
import type { TFunction } from "i18next";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { PersonLink } from "./person-link";
import { register } from "./register/register";
import { RegisterPage } from "./register/register-page";

export const customers = register({
  kind: "customer",
  list: listCustomersOptions,
  create: createCustomerMutation,
  update: updateCustomerMutation,
  holders: { "representatives.user_id": "customer_representative" },
  newRow: () => ({ from: today() }),
  cells: { representatives: (customer) => <Representatives of={customer} /> },
  columns: (t) => [
    {
      key: "objects",
      title: t("records:service_object._plural"),
      render: ({ id }) => (
        <Link to={`${paths.serviceObjects}?customer_id=${id}`}>{t("registers:customers.showObjects")}</Link>
      ),
    },
  ],
});

/** The customers, and who accepts and confirms for them in which time. */
export function Component(): ReactElement {
  return <RegisterPage register={customers} />;
}

/** Who represents a customer, with the days of the entitlement. */
function Representatives({ of }: { of: CustomerView }): ReactElement {
  const { t } = useTranslation();
  if (of.representatives.length === 0) {
    return <Typography.Text type="warning">{t("registers:customers.noRepresentative")}</Typography.Text>;
  }
  return (
    <Flex vertical gap={2}>
      {of.representatives.map((one) => (
        <Flex key={`${one.user_id} ${one.from}`} gap={6} wrap align="baseline">
          <PersonLink id={one.user_id} />
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
