import type { ItemSummary, NeighbourView, RelationKind } from "@/api/generated/types.gen";

/** Items that one is related to in the same way. */
export interface RelationGroup {
  kind: RelationKind;
  outgoing: boolean;
  items: ItemSummary[];
}

/** Neighbours by kind and direction, in the order in which each group begins. */
export function groupsOf(neighbours: readonly NeighbourView[]): RelationGroup[] {
  const groups = new Map<string, RelationGroup>();
  for (const { kind, outgoing, item } of neighbours) {
    const key = `${kind} ${String(outgoing)}`;
    const group = groups.get(key) ?? { kind, outgoing, items: [] };
    group.items.push(item);
    groups.set(key, group);
  }
  return [...groups.values()];
}
