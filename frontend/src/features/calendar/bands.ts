import type { CalendarBandsView, FreezeBandView } from "@/api/generated/types.gen";
import dayjs from "dayjs";
import { dayOf } from "@/lib/time";

/** A day whose work differs from the weekday: 休 or 班. */
export interface DayMark {
  date: string;
  name: string;
  isOff: boolean;
}

export const noBands: CalendarBandsView = { days: [], freezes: [], conflicts: [], objects: [], bookings: [] };

/** The days of an occurrence of a freeze in company time: the first one, and the first one after it. */
export function daysOf({ span }: FreezeBandView): { start: string; end: string } {
  const last = dayOf(new Date(Date.parse(span.end) - 1).toISOString());
  return { start: dayOf(span.start), end: dayjs(last).add(1, "day").format("YYYY-MM-DD") };
}

export function marksOf({ days }: CalendarBandsView): DayMark[] {
  return days.map(({ date, name, isOffDay }) => ({ date, name, isOff: isOffDay }));
}

/** One bar of a lane. */
export interface Bar {
  key: string;
  label: string;
  title: string;
  to: string;
  start: string;
  end: string;
  tone: "emergency" | "major" | "minor";
  /** The worst conflict that is known of it. */
  conflict: "hard" | "soft" | undefined;
}

/** A row of bars. */
export interface Lane {
  key: string;
  name: string;
  bars: Bar[];
}

/** Where a bar lies in a span of days, in percent; nothing when it lies outside. */
export function placeOf(bar: { start: string; end: string }, from: number, until: number) {
  const start = Math.max(Date.parse(bar.start), from);
  const end = Math.min(Date.parse(bar.end), until);
  if (start >= end) return undefined;
  const whole = until - from;
  return { left: (100 * (start - from)) / whole, width: (100 * (end - start)) / whole };
}

/** The row of each bar within its lane, so that none hides another: the first row that is free. */
export function rowsOf(bars: readonly { start: string; end: string }[]): number[] {
  const ends: number[] = [];
  return bars.map(({ start, end }) => {
    const free = ends.findIndex((until) => until <= Date.parse(start));
    const row = free === -1 ? ends.length : free;
    ends[row] = Date.parse(end);
    return row;
  });
}
