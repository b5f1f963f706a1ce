import type { NeighbourView } from "@/api/generated/types.gen";
import { describe, expect, it } from "vitest";
import { groupsOf } from "./relation-groups";

// Only what the function reads.
const neighbour = (kind: NeighbourView["kind"], outgoing: boolean, number: string) =>
  ({ kind, outgoing, item: { number } }) as NeighbourView;

describe("the neighbours of an item", () => {
  it("stand together by kind and direction, however the parts of the list cut them", () => {
    const groups = groupsOf([
      neighbour("runs_on", true, "CI-1"),
      neighbour("uses", true, "CI-2"),
      neighbour("uses", false, "CI-3"),
      neighbour("uses", true, "CI-4"),
    ]);
    expect(groups.map(({ kind, outgoing, items }) => [kind, outgoing, items.map(({ number }) => number)])).toEqual([
      ["runs_on", true, ["CI-1"]],
      ["uses", true, ["CI-2", "CI-4"]],
      ["uses", false, ["CI-3"]],
    ]);
  });
});
