import dayjs, { type Dayjs } from "dayjs";
import "dayjs/locale/zh-cn";
import relativeTime from "dayjs/plugin/relativeTime";
import timezone from "dayjs/plugin/timezone";
import utc from "dayjs/plugin/utc";
import { currentLanguage } from "./language";

dayjs.extend(utc);
dayjs.extend(timezone);
dayjs.extend(relativeTime);

/** The company's time zone: everything is shown and typed in it, wherever the browser is. */
export const zone = "Asia/Shanghai";

function local(instant: string): Dayjs {
  return dayjs(instant).tz(zone);
}

function weekday(day: Dayjs): string {
  return new Intl.DateTimeFormat(currentLanguage(), { weekday: "short", timeZone: "UTC" }).format(
    new Date(Date.UTC(day.year(), day.month(), day.date())),
  );
}

function withWeekday(text: string, day: Dayjs): string {
  return currentLanguage() === "zh-CN" ? `${text}（${weekday(day)}）` : `${text} (${weekday(day)})`;
}

/** The day of an instant in company time: `2026-12-01`. */
export function dayOf(instant: string): string {
  return local(instant).format("YYYY-MM-DD");
}

/** `2026-12-01 22:00（周二）`. */
export function formatInstant(instant: string): string {
  const day = local(instant);
  return withWeekday(day.format("YYYY-MM-DD HH:mm"), day);
}

/** `2026-12-01 22:00`, where a column must stay narrow. */
export function formatShort(instant: string): string {
  return local(instant).format("YYYY-MM-DD HH:mm");
}

/** `2026-12-01（周二）` of an instant or of a plain date. */
export function formatDay(instant: string): string {
  const day = /^\d{4}-\d\d-\d\d$/.test(instant) ? dayjs(instant) : local(instant);
  return withWeekday(day.format("YYYY-MM-DD"), day);
}

/** `2026-12-01 20:00 – 22:00`; of the end only what differs from the start. The end is the first instant after the window. */
export function formatWindow(start: string, end: string): string {
  const [from, until] = [local(start), local(end)];
  const of = from.isSame(until, "day") ? "HH:mm" : from.isSame(until, "year") ? "MM-DD HH:mm" : "YYYY-MM-DD HH:mm";
  return `${from.format("YYYY-MM-DD HH:mm")} – ${until.format(of)}`;
}

/** `3 小时后`, `2 days ago`. Never alone: the absolute time stands beside it or in its title. */
export function formatDistance(instant: string, now: Date = new Date()): string {
  return dayjs(instant)
    .locale(currentLanguage() === "zh-CN" ? "zh-cn" : "en")
    .from(now);
}

export function isPast(instant: string, now: Date = new Date()): boolean {
  return dayjs(instant).isBefore(now);
}

/** What a date-time field holds (company time, whatever zone the browser is in) as the instant that the API takes. */
export function toInstant(typed: Dayjs): string {
  return dayjs.tz(typed.format("YYYY-MM-DDTHH:mm:ss"), zone).toISOString();
}

/** The other way: an instant as a date-time field shows it. */
export function toField(instant: string): Dayjs {
  return dayjs(local(instant).format("YYYY-MM-DDTHH:mm:ss"));
}

/** The instant at which the present minute began. */
export function thisMinute(): string {
  return dayjs().startOf("minute").toISOString();
}

/** Today in company time, or so many days later, as `YYYY-MM-DD`. */
export function today(later = 0): string {
  return dayjs().tz(zone).add(later, "day").format("YYYY-MM-DD");
}

/** The first instant of a day in company time. */
export function dayStart(day: string): string {
  return dayjs.tz(day, zone).toISOString();
}

/** The first instant after a day in company time. */
export function dayEnd(day: string): string {
  return dayjs.tz(day, zone).add(1, "day").toISOString();
}

/** The quarter of today in company time, as the API writes it: `2026Q4`. */
export function currentQuarter(): string {
  const day = dayjs().tz(zone);
  return `${day.year()}Q${Math.floor(day.month() / 3) + 1}`;
}

/** The last quarters that are over, the newest first, as the API writes them. */
export function pastQuarters(count: number): string[] {
  const day = dayjs().tz(zone);
  const present = day.year() * 4 + Math.floor(day.month() / 3);
  return Array.from({ length: count }, (_, n) => present - 1 - n).map((at) => `${Math.floor(at / 4)}Q${(at % 4) + 1}`);
}

/** A minute of the day as people write it: 520 is `08:40`. */
export function formatMinute(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

/** The other way: `08:40` is minute 520 of the day. */
export function minuteOf(time: string): number {
  const [hours = "0", minutes = "0"] = time.split(":");
  return Number(hours) * 60 + Number(minutes);
}
