import type { ItemSummary } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import { ItemStateTag } from "@/ui/item-tags";
import { Flex, Typography } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** A configuration item in one line, with the way to its page. */
export function ItemLine({ item }: { item: ItemSummary }): ReactElement {
  const { t } = useTranslation();
  const { id, number, name, kind, environment, item_version: version, state } = item;
  const facts = [
    ...(version === null ? [] : [version]),
    t(`enums:ItemKind.${kind}`),
    t(`enums:ItemEnvironment.${environment}`),
  ];
  return (
    <Flex gap={8} wrap align="baseline">
      <Link to={paths.configurationItem(id)}>{number}</Link>
      <span>{name}</span>
      <Typography.Text type="secondary">{facts.join(" · ")}</Typography.Text>
      {state !== "live" && <ItemStateTag state={state} />}
    </Flex>
  );
}
