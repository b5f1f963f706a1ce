import type { ConfigurationItemView } from "@/api/generated/types.gen";
import { useRecordNames } from "@/api/registers";
import { paths } from "@/lib/paths";
import { ItemStateTag } from "@/ui/item-tags";
import { Flex, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** An item on a phone. */
export function ItemCard({ item }: { item: ConfigurationItemView }): ReactElement {
  const { t } = useTranslation();
  const customer = useRecordNames("customer");
  const system = useRecordNames("service_object");
  const { id, number, name, kind, environment, item_version: version, state } = item;
  const what = [t(`enums:ItemKind.${kind}`), t(`enums:ItemEnvironment.${environment}`), ...(version ? [version] : [])];
  const whose = [
    ...(item.customer_id ? [customer(item.customer_id)] : []),
    ...(item.service_object_id ? [system(item.service_object_id)] : []),
  ];
  return (
    <Flex vertical gap={4}>
      <Flex justify="space-between" gap={8} align="start">
        <Link to={paths.configurationItem(id)} className="fabu-long-text">
          {number}
        </Link>
        <ItemStateTag state={state} />
      </Flex>
      <Typography.Text strong>{name}</Typography.Text>
      <Typography.Text type="secondary">{what.join(" · ")}</Typography.Text>
      {whose.length > 0 && <Typography.Text type="secondary">{whose.join(" · ")}</Typography.Text>}
    </Flex>
  );
}
