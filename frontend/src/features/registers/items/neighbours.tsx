import { listNeighboursQueryKey } from "@/api/generated/@tanstack/react-query.gen";
import { listNeighbours } from "@/api/generated/sdk.gen";
import { useParts } from "@/api/parts";
import { MoreButton } from "@/ui/more-button";
import { Loaded, Nothing } from "@/ui/page-states";
import { ItemLine } from "@/ui/item-line";
import { Flex } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { groupsOf } from "./relation-groups";

/** What an item is related to, in both directions, by the kinds of relations. */
export function Neighbours({ id }: { id: string }): ReactElement {
  const { t } = useTranslation();
  const path = { id };
  const found = useParts(listNeighboursQueryKey({ path }), (cursor, signal) =>
    listNeighbours({ path, query: { ...cursor, limit: 100 }, signal, throwOnError: true }),
  );
  return (
    <Loaded query={found} rows={3}>
      {({ pages }) => {
        const groups = groupsOf(pages.flatMap(({ items }) => items));
        if (groups.length === 0) return <Nothing text={t("items:neighbours.nothing")} />;
        return (
          <Flex vertical gap={12} align="start">
            {groups.map(({ kind, outgoing, items }) => (
              <section key={`${kind} ${String(outgoing)}`}>
                <strong>{t(outgoing ? `enums:RelationKind.${kind}` : `items:incoming.${kind}`)}</strong>
                <ul className="fabu-plain-list">
                  {items.map((item) => (
                    <li key={item.id} style={{ marginBlockStart: 4 }}>
                      <ItemLine item={item} />
                    </li>
                  ))}
                </ul>
              </section>
            ))}
            <MoreButton query={found} />
          </Flex>
        );
      }}
    </Loaded>
  );
}
