import { eventFamilies, eventKinds, type EventKind } from "./events.gen";

export { eventFamilies, eventTopics, placeholders, type Placeholder, type Shown, type Tone } from "./events.gen";

/** What nothing is known of: of another version of the program. */
const unknown: EventKind = { topic: "other", tone: "neutral", takes: [] };

/** What is declared of a kind of entry. */
export function kindOf(kind: string): EventKind {
  return eventKinds[kind] ?? unknown;
}

/** The family of a kind: its first word. */
export function familyOf(kind: string): (typeof eventFamilies)[number] | undefined {
  return eventFamilies.find((family) => kind.startsWith(`${family}.`));
}
