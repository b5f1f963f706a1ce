import dayjs, { type Dayjs } from "dayjs";

/** The ways of looking at the calendar. */
export const views = ["month", "week", "list", "systems", "people"] as const;
export type View = (typeof views)[number];

/** How far one step of a view goes. A list shows a month, lanes show a week. */
export function unitOf(view: View): "month" | "week" {
  return view === "month" || view === "list" ? "month" : "week";
}

/** The day one step before or after. */
export function stepped(view: View, day: string, steps: number): string {
  return dayjs(day).add(steps, unitOf(view)).format("YYYY-MM-DD");
}

/** The days that a view shows: Monday to Sunday, or a month with the days of other months that fill its weeks. */
export function spanOf(view: View, day: string): { from: string; until: string } {
  const unit = unitOf(view);
  const start = unit === "week" ? monday(dayjs(day)) : monday(dayjs(day).startOf("month"));
  const end = unit === "week" ? start.add(6, "day") : monday(dayjs(day).endOf("month")).add(6, "day");
  return { from: start.format("YYYY-MM-DD"), until: end.format("YYYY-MM-DD") };
}

function monday(day: Dayjs): Dayjs {
  return day.subtract((day.day() + 6) % 7, "day");
}
