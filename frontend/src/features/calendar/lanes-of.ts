import type { CalendarBandsView, ReleaseSummaryView } from "@/api/generated/types.gen";
import { paths } from "@/lib/paths";
import type { Bar, Lane } from "./bands";

function barOf(release: ReleaseSummaryView, span: { start: string; end: string }, bands: CalendarBandsView): Bar {
  const { number, title, kind } = release;
  return {
    key: `${number} ${span.start}`,
    label: title,
    title: `${number} ${title}`,
    to: paths.release(number),
    start: span.start,
    end: span.end,
    tone: kind,
    conflict: bands.conflicts.find((mark) => mark.release === number)?.severity,
  };
}

/** Adds a bar to the lane of a key, which is made when it is the first. */
function put(lanes: Map<string, Lane>, key: string, name: string, bar: Bar): void {
  const lane = lanes.get(key) ?? { key, name, bars: [] };
  lane.bars.push(bar);
  lanes.set(key, lane);
}

function sorted(lanes: Map<string, Lane>): Lane[] {
  const all = [...lanes.values()].toSorted((one, other) => one.name.localeCompare(other.name));
  for (const lane of all) lane.bars.sort((one, other) => Date.parse(one.start) - Date.parse(other.start));
  return all;
}

/** A row for each object under service, with the windows of the releases that touch it. */
export function systemLanes(releases: readonly ReleaseSummaryView[], bands: CalendarBandsView): Lane[] {
  const lanes = new Map<string, Lane>();
  for (const { release, service_object } of bands.objects) {
    const found = releases.find(({ number }) => number === release);
    if (found?.window) put(lanes, service_object.id, service_object.name, barOf(found, found.window, bands));
  }
  return sorted(lanes);
}

/** A row for each person, with the times for which releases need them. */
export function peopleLanes(releases: readonly ReleaseSummaryView[], bands: CalendarBandsView): Lane[] {
  const lanes = new Map<string, Lane>();
  for (const { release, person, span } of bands.bookings) {
    const found = releases.find(({ number }) => number === release);
    if (found !== undefined) put(lanes, person.id, person.name, barOf(found, span, bands));
  }
  return sorted(lanes);
}
