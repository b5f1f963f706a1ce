import { viewAffectedItemsOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { AffectedItemView, AffectedView } from "@/api/generated/types.gen";
import { useRecordNames, type NamedKind } from "@/api/registers";
import { paths } from "@/lib/paths";
import { ItemLine } from "@/ui/item-line";
import { Loaded } from "@/ui/page-states";
import { Clause } from "@/ui/reasons";
import { Section } from "@/ui/section";
import { useQuery } from "@tanstack/react-query";
import { Button, Flex, Typography } from "antd";
import { Fragment, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** How many items are shown before somebody asks for all. */
const few = 10;

/** What a release touches besides its own items: who is to be told of a rollback (5.2.5) and asked for an opinion (5.3a). */
export function AffectedItems({ number }: { number: string }): ReactElement {
  const { t } = useTranslation();
  const affected = useQuery(viewAffectedItemsOptions({ path: { number } }));
  return (
    <Section title={t("items:affected.title")} extra={<Clause clause="5.2.5" />}>
      <Flex vertical gap={10}>
        <Typography.Text type="secondary">{t("items:affected.about")}</Typography.Text>
        <Loaded query={affected} rows={3}>
          {(found) => (isNothing(found) ? <span>{t("items:affected.nothing")}</span> : <Touched affected={found} />)}
        </Loaded>
      </Flex>
    </Section>
  );
}

function isNothing({ items, service_objects, departments, customers }: AffectedView): boolean {
  return [items, service_objects, departments, customers].every((list) => list.length === 0);
}

function Touched({ affected }: { affected: AffectedView }): ReactElement {
  const { t } = useTranslation();
  const [isAll, setAll] = useState(false);
  const { items, service_objects: objects, departments, customers } = affected;
  return (
    <Flex vertical gap={8}>
      <ul className="fabu-plain-list">
        {items.slice(0, isAll ? items.length : few).map((one) => (
          <li key={one.item.id} style={{ marginBlockStart: 4 }}>
            <ItemLine item={one.item} />
            <Way of={one} />
          </li>
        ))}
      </ul>
      {!isAll && items.length > few && (
        <Button size="small" style={{ alignSelf: "start" }} onClick={() => setAll(true)}>
          {t("items:affected.all", { count: items.length })}
        </Button>
      )}
      <Concerned kind="service_object" ids={objects} />
      <Concerned kind="department" ids={departments} />
      <Concerned kind="customer" ids={customers} />
    </Flex>
  );
}

/** Over which items of the release, and which between, an item is reached. */
function Way({ of: { path, item } }: { of: AffectedItemView }): ReactElement | null {
  const { t } = useTranslation();
  const before = path.filter((number) => number !== item.number);
  if (before.length === 0) return null;
  return (
    <Typography.Text type="secondary" style={{ fontSize: 12 }}>
      {t("items:affected.way")}
      {before.map((number) => (
        <Fragment key={number}>
          <Link to={paths.configurationItemNumbered(number)}>{number}</Link>
          {" → "}
        </Fragment>
      ))}
      {item.number}
    </Typography.Text>
  );
}

function Concerned({ kind, ids }: { kind: NamedKind; ids: readonly string[] }): ReactElement | null {
  const { t } = useTranslation();
  const name = useRecordNames(kind);
  if (ids.length === 0) return null;
  return (
    <div>
      <Typography.Text type="secondary">
        {t(`items:affected.${kind}`)}
        {t("common:colon")}
      </Typography.Text>
      {ids.map(name).join(t("common:listSeparator"))}
    </div>
  );
}
