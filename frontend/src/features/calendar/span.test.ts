import { describe, expect, it } from "vitest";
import { spanOf, stepped } from "./span";

describe("the days that a view shows", () => {
  it("are the whole weeks of a month, from Monday", () => {
    expect(spanOf("month", "2026-12-15")).toEqual({ from: "2026-11-30", until: "2027-01-03" });
  });

  it("do not begin a week early when the month begins on a Monday", () => {
    expect(spanOf("month", "2026-06-10").from).toBe("2026-06-01");
  });

  it("are Monday to Sunday of a week, also for a Sunday", () => {
    expect(spanOf("week", "2026-11-29")).toEqual({ from: "2026-11-23", until: "2026-11-29" });
  });

  it("move by a month, and stay in a shorter one", () => {
    expect(stepped("list", "2027-01-31", 1)).toBe("2027-02-28");
    expect(stepped("week", "2026-11-26", -1)).toBe("2026-11-19");
  });
});
