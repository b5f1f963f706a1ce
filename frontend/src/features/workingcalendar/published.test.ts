import { describe, expect, it } from "vitest";
import { calendarFile, difference } from "./published";

const day = { name: "元旦", date: "2027-01-01", isOffDay: true };
const makeUp = { name: "元旦", date: "2027-01-09", isOffDay: false };

describe("a file with the days of a year", () => {
  it("in the public shape gives its year, papers and days, without whatever else it says of them", () => {
    const papers = ["https://www.gov.cn/x.htm"];
    const text = JSON.stringify({ $id: "x", year: 2027, papers, days: [{ ...day, note: "x" }] });
    expect(calendarFile("2027.json", text)).toMatchObject({
      kind: "published",
      published: { year: 2027, papers, days: [day] },
    });
  });

  it("need not say its year and papers", () => {
    expect(calendarFile("2027.json", JSON.stringify({ days: [day] }))).toMatchObject({
      published: { year: null, papers: [], days: [day] },
    });
  });

  it("is refused where it is JSON in another shape", () => {
    for (const text of ["[]", "{", "{}", `{"days":[{"date":"2027-01-01"}]}`]) {
      expect(calendarFile("2027.json", text)).toMatchObject({ kind: "unreadable" });
    }
  });

  it("is the API's to read where it is anything else", () => {
    for (const text of ["BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "", "days"]) {
      expect(calendarFile("2027.ics", text)).toEqual({ name: "2027.ics", text, kind: "ics" });
    }
  });
});

describe("what a file changes", () => {
  it("is nothing where it says the same in another order", () => {
    expect(difference([day, makeUp], [makeUp, { ...day }])).toEqual({ added: [], removed: [] });
  });

  it("are days that come, that go, and both where a day is said otherwise", () => {
    const worked = { ...day, isOffDay: false };
    expect(difference([day], [day, makeUp])).toEqual({ added: [makeUp], removed: [] });
    expect(difference([day, makeUp], [worked])).toEqual({ added: [worked], removed: [day, makeUp] });
  });
});
