import { describe, expect, it } from "vitest";
import { publishedDays } from "./published";

const day = { name: "元旦", date: "2027-01-01", isOffDay: true };

describe("a published calendar", () => {
  it("gives its days, without whatever else the file says of them", () => {
    const text = JSON.stringify({ $id: "x", year: 2027, papers: [], days: [{ ...day, note: "x" }] });
    expect(publishedDays(text, 2027)).toEqual([day]);
  });

  it("is not taken for another year", () => {
    expect(publishedDays(JSON.stringify({ year: 2026, days: [day] }), 2027)).toBeUndefined();
  });

  it("is refused in another shape", () => {
    for (const text of ["", "[]", "{}", `{"days":[{"date":"2027-01-01"}]}`]) {
      expect(publishedDays(text, 2027)).toBeUndefined();
    }
  });
});
