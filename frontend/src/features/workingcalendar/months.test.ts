import { describe, expect, it } from "vitest";
import { monthsOf } from "./months";

const months = monthsOf({
  year: 2026,
  days: [
    { name: "国庆节", date: "2026-10-01", isOffDay: true },
    { name: "国庆节", date: "2026-10-10", isOffDay: false },
  ],
});

function day(date: string) {
  return months.flatMap(({ weeks }) => weeks.flat()).find((one) => one?.date === date);
}

describe("the months of a year", () => {
  it("hold every day once, in weeks of seven from Monday", () => {
    const days = months.flatMap(({ weeks }) => weeks.flat()).filter((one) => one !== undefined);
    expect(days).toHaveLength(365);
    expect(months.every(({ weeks }) => weeks.every((week) => week.length === 7))).toBe(true);
    // 2026-01-01 is a Thursday.
    expect(months[0]?.weeks[0]?.map((one) => one?.number)).toEqual([undefined, undefined, undefined, 1, 2, 3, 4]);
    expect(
      monthsOf({ year: 2028, days: [] })[1]
        ?.weeks.flat()
        .filter((one) => one !== undefined),
    ).toHaveLength(29);
  });

  it("count Monday to Friday where nothing is announced", () => {
    expect(day("2026-03-13")?.isWorking).toBe(true);
    expect(day("2026-03-14")?.isWorking).toBe(false);
  });

  it("count a holiday as off and a make-up day as working", () => {
    expect(day("2026-10-01")).toMatchObject({ isWorking: false, announced: { name: "国庆节" } });
    expect(day("2026-10-10")).toMatchObject({ isWorking: true, announced: { isOffDay: false } });
  });
});
