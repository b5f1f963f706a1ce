import { describe, expect, it } from "vitest";
import { daysOf, placeOf, rowsOf } from "./bands";

const freeze = (start: string, end: string) => ({
  id: "f",
  name: "封网",
  kind: "freeze" as const,
  is_for_all: true,
  span: { start, end },
});

describe("the bands of the calendar", () => {
  it("cover the days in China of a freeze, and not the day that begins when it ends", () => {
    expect(daysOf(freeze("2026-12-24T16:00:00Z", "2026-12-31T16:00:00Z"))).toEqual({
      start: "2026-12-25",
      end: "2027-01-01",
    });
    expect(daysOf(freeze("2026-12-31T10:00:00Z", "2026-12-31T18:00:00Z"))).toEqual({
      start: "2026-12-31",
      end: "2027-01-02",
    });
  });
});

describe("a lane", () => {
  const from = Date.parse("2026-12-28T00:00:00Z");
  const until = Date.parse("2027-01-01T00:00:00Z");

  it("places a bar by its time and cuts it at the edges", () => {
    expect(placeOf({ start: "2026-12-29T00:00:00Z", end: "2026-12-30T00:00:00Z" }, from, until)).toEqual({
      left: 25,
      width: 25,
    });
    expect(placeOf({ start: "2026-12-20T00:00:00Z", end: "2026-12-29T00:00:00Z" }, from, until)).toEqual({
      left: 0,
      width: 25,
    });
    expect(placeOf({ start: "2027-01-01T00:00:00Z", end: "2027-01-02T00:00:00Z" }, from, until)).toBeUndefined();
  });

  it("puts bars of the same time below each other, and adjacent ones into one row", () => {
    const bar = (start: string, end: string) => ({
      start: `2026-12-29T${start}:00Z`,
      end: `2026-12-29T${end}:00Z`,
    });
    expect(rowsOf([bar("10:00", "12:00"), bar("11:00", "13:00"), bar("12:00", "14:00")])).toEqual([0, 1, 0]);
  });
});
