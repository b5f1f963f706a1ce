import { describe, expect, it } from "vitest";
import { bodyOf, valuesOf } from "./form-values";
import type { RecordField } from "./shape";

const of = (name: string, rest: Partial<RecordField> & Pick<RecordField, "kind">): RecordField =>
  // A field of every kind, as the generated shapes hold it.
  ({ name, isNeeded: false, isStated: true, ...rest }) as RecordField;

const fields: RecordField[] = [
  of("label", { kind: "text", isNeeded: true }),
  of("remark", { kind: "text" }),
  of("capacity", { kind: "number" }),
  of("keeper", { kind: "person" }),
  of("readers", { kind: "people" }),
  of("medium", { kind: "choice", of: "BackupKind" }),
  of("since", { kind: "day" }),
  of("at", { kind: "timeOfDay" }),
  of("places", { kind: "lines" }),
  of("active", { kind: "flag" }),
  of("loans", { kind: "rows", fields: [of("to", { kind: "person", isNeeded: true }), of("why", { kind: "text" })] }),
];

describe("a record", () => {
  it("is sent as it was typed, without the spaces around texts", () => {
    const typed = {
      label: " 磁带 01 ",
      remark: "  ",
      capacity: 12,
      keeper: "a",
      readers: ["b"],
      medium: "full",
      since: "2026-12-01",
      at: "08:40",
      places: [" 机房 ", "", " "],
      active: true,
      loans: [{ to: "c", why: " 恢复演练 " }, { to: "d" }],
    };
    expect(bodyOf(fields, typed)).toEqual({
      label: "磁带 01",
      remark: null,
      capacity: 12,
      keeper: "a",
      readers: ["b"],
      medium: "full",
      since: "2026-12-01",
      at: 520,
      places: ["机房"],
      active: true,
      loans: [
        { to: "c", why: "恢复演练" },
        { to: "d", why: null },
      ],
    });
  });

  it("states every field when nothing was typed: none, an empty list, no", () => {
    expect(bodyOf(fields, {})).toEqual({
      label: null,
      remark: null,
      capacity: null,
      keeper: null,
      readers: [],
      medium: null,
      since: null,
      at: null,
      places: [],
      active: false,
      loans: [],
    });
  });

  it("is in its form as the API gave it, and goes back the same", () => {
    const record = {
      id: "x",
      version: 3,
      label: "磁带 01",
      remark: null,
      capacity: 12,
      keeper: "a",
      readers: [{ id: "b", name: "王志远" }],
      medium: "full",
      since: "2026-12-01",
      at: 520,
      places: ["机房"],
      active: false,
      loans: [{ to: "c", why: null }],
    };
    const values = valuesOf(fields, record);
    expect(values).toMatchObject({ at: "08:40", readers: ["b"], remark: null });
    const { id, version, ...stated } = record;
    expect([id, version]).toHaveLength(2);
    expect(bodyOf(fields, values)).toEqual({ ...stated, readers: ["b"] });
  });
});
