import { describe, expect, it } from "vitest";
import { merge, withTheirs } from "./merge";

const base = {
  purpose: "p",
  steps: [
    { key: "a", title: "1" },
    { key: "b", title: "2" },
  ],
  window: { start: null, end: null },
};

describe("merging", () => {
  it("brings different fields together without a question", () => {
    const { content, conflicts } = merge(
      base,
      { ...base, purpose: "mine" },
      { ...base, window: { start: "2026-01-01T00:00:00Z", end: null } },
    );
    expect(conflicts).toEqual([]);
    expect(content).toEqual({ ...base, purpose: "mine", window: { start: "2026-01-01T00:00:00Z", end: null } });
  });

  it("asks about a field that both changed, and keeps mine until theirs is chosen", () => {
    const merged = merge(base, { ...base, purpose: "mine" }, { ...base, purpose: "theirs" });
    expect(merged.conflicts).toEqual([{ pointer: "/purpose", mine: "mine", theirs: "theirs" }]);
    expect(merged.content["purpose"]).toBe("mine");
    expect(withTheirs(merged, new Set(["/purpose"]))["purpose"]).toBe("theirs");
  });

  it("matches rows by their keys, whatever their order", () => {
    const mine = {
      ...base,
      steps: [
        { key: "a", title: "1 mine" },
        { key: "b", title: "2" },
        { key: "m", title: "new" },
      ],
    };
    const theirs = {
      ...base,
      steps: [
        { key: "b", title: "2 theirs" },
        { key: "a", title: "1" },
      ],
    };
    const { content, conflicts } = merge(base, mine, theirs);
    expect(conflicts).toEqual([]);
    expect(content["steps"]).toEqual([
      { key: "b", title: "2 theirs" },
      { key: "a", title: "1 mine" },
      { key: "m", title: "new" },
    ]);
  });

  it("points to the merged row of a conflict", () => {
    const mine = { ...base, steps: [{ key: "b", title: "mine" }] };
    const theirs = {
      ...base,
      steps: [
        { key: "a", title: "1" },
        { key: "b", title: "theirs" },
      ],
    };
    const merged = merge(base, mine, theirs);
    expect(merged.conflicts).toEqual([{ pointer: "/steps/0/title", mine: "mine", theirs: "theirs" }]);
    expect(withTheirs(merged, new Set(["/steps/0/title"]))["steps"]).toEqual([{ key: "b", title: "theirs" }]);
  });

  it("removes a row that one side removed, unless the other changed it", () => {
    const without = { ...base, steps: [{ key: "a", title: "1" }] };
    expect(merge(base, without, { ...base, purpose: "t" }).content["steps"]).toEqual(without.steps);
    const changed = {
      ...base,
      steps: [
        { key: "a", title: "1" },
        { key: "b", title: "changed" },
      ],
    };
    expect(merge(base, without, changed).content["steps"]).toEqual(changed.steps);
  });

  it("asks about a whole list whose rows have no keys", () => {
    const merged = merge({ rows: [{ a: 1 }] }, { rows: [{ a: 2 }] }, { rows: [{ a: 3 }] });
    expect(merged.conflicts).toEqual([{ pointer: "/rows", mine: [{ a: 2 }], theirs: [{ a: 3 }] }]);
  });
});
