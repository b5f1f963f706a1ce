import type { CalendarYearRequest, DayView } from "@/api/generated/types.gen";

/** What the API takes of a file in the public shape. */
export type PublishedYear = Required<Pick<CalendarYearRequest, "year" | "papers" | "days">>;

/** A file with the days of a year, as far as the page has to know it. */
export type CalendarFile = { name: string; text: string } & (
  { kind: "ics" } | { kind: "published"; published: PublishedYear } | { kind: "unreadable" }
);

/**
 * A file of the public shape `{ year, papers, days: [{ name, date, isOffDay }] }`, or an iCalendar file, which the API reads.
 * Whether the days make sense, and for which year, the API says.
 */
export function calendarFile(name: string, text: string): CalendarFile {
  if (!/^\s*[{[]/.test(text)) return { name, text, kind: "ics" };
  const published = publishedYear(text);
  return published === undefined ? { name, text, kind: "unreadable" } : { name, text, kind: "published", published };
}

function publishedYear(text: string): PublishedYear | undefined {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof file !== "object" || file === null || !("days" in file) || !Array.isArray(file.days)) return undefined;
  const year = "year" in file && typeof file.year === "number" ? file.year : null;
  const papers: unknown[] = "papers" in file && Array.isArray(file.papers) ? file.papers : [];
  const days: unknown[] = file.days;
  if (!days.every(isDay)) return undefined;
  return {
    year,
    papers: papers.filter((paper) => typeof paper === "string"),
    days: days.map(({ name, date, isOffDay }) => ({ name, date, isOffDay })),
  };
}

/** Days that are new or said otherwise, and days that are gone or were said otherwise. */
export function difference(
  before: readonly DayView[],
  after: readonly DayView[],
): Record<"added" | "removed", DayView[]> {
  const without = (days: readonly DayView[], known: readonly DayView[]) =>
    days.filter((day) => !known.some((other) => isSame(day, other)));
  return { added: without(after, before), removed: without(before, after) };
}

function isSame(one: DayView, other: DayView): boolean {
  return one.date === other.date && one.name === other.name && one.isOffDay === other.isOffDay;
}

function isDay(value: unknown): value is DayView {
  return (
    typeof value === "object" &&
    value !== null &&
    "name" in value &&
    typeof value.name === "string" &&
    "date" in value &&
    typeof value.date === "string" &&
    "isOffDay" in value &&
    typeof value.isOffDay === "boolean"
  );
}
