import type { CalendarYearView, DayView } from "@/api/generated/types.gen";

/** A day of the year as it counts. */
export interface Day {
  /** `2026-10-01`. */
  date: string;
  /** Of the month. */
  number: number;
  /** What is announced about it; nothing where Monday to Friday say it. */
  announced: DayView | undefined;
  isWorking: boolean;
}

/** A month, its days in weeks from Monday; the gaps before the first and after the last are empty. */
export interface Month {
  /** From 1. */
  number: number;
  weeks: (Day | undefined)[][];
}

/** The twelve months of a year with what is announced about their days. */
export function monthsOf({ year, days }: Pick<CalendarYearView, "year" | "days">): Month[] {
  const announced = new Map(days.map((day) => [day.date, day]));
  return Array.from({ length: 12 }, (_, month) => {
    const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    const first = weekday(year, month, 1);
    const cells: (Day | undefined)[] = Array.from({ length: first });
    for (let number = 1; number <= length; number += 1) {
      const date = `${year}-${pad(month + 1)}-${pad(number)}`;
      const known = announced.get(date);
      const isWorking = known === undefined ? weekday(year, month, number) < 5 : !known.isOffDay;
      cells.push({ date, number, announced: known, isWorking });
    }
    while (cells.length % 7 !== 0) cells.push(undefined);
    return {
      number: month + 1,
      weeks: Array.from({ length: cells.length / 7 }, (_, n) => cells.slice(7 * n, 7 * n + 7)),
    };
  });
}

/** 0 for Monday. */
function weekday(year: number, month: number, day: number): number {
  return (new Date(Date.UTC(year, month, day)).getUTCDay() + 6) % 7;
}

function pad(n: number): string {
  return String(n).padStart(2, "0");
}
