import type { DayView } from "@/api/generated/types.gen";

/**
 * The days in a file of the public shape `{ year, days: [{ name, date, isOffDay }] }`; nothing when it has another shape or
 * is for another year. Whether the days themselves make sense, the API says.
 */
export function publishedDays(text: string, year: number): DayView[] | undefined {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof file !== "object" || file === null || !("days" in file) || !Array.isArray(file.days)) return undefined;
  if ("year" in file && file.year !== year) return undefined;
  const days: unknown[] = file.days;
  return days.every(isDay) ? days.map(({ name, date, isOffDay }) => ({ name, date, isOffDay })) : undefined;
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
