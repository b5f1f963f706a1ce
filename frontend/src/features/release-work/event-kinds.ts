import { kindOf, placeholders, type Tone } from "@/api/events";
import type { ApprovalState, Decision, EventView, StepResult, TestResult, Verdict } from "@/api/generated/types.gen";

/** A member of an event's payload, where it is a text or a number. */
export function payloadText(event: EventView, ...path: string[]): string {
  const found = path.reduce<unknown>(
    (at, step) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[step] : undefined),
    event.payload,
  );
  return typeof found === "string" || typeof found === "number" ? String(found) : "";
}

/** The member at a pointer: `/vote/decision`. */
export function payloadAt(event: EventView, pointer: string): string {
  return payloadText(event, ...pointer.split("/").slice(1));
}

/** The people an event names, by id. */
export function peopleOf(event: EventView): string[] {
  const named = kindOf(event.kind).takes.flatMap((name) => {
    const { shown, at = [] } = placeholders[name] ?? {};
    return shown === "person" ? at.map((pointer) => payloadAt(event, pointer)) : [];
  });
  return [event.actor ?? "", event.on_behalf_of ?? "", payloadText(event, "performed_by"), ...named];
}

type Result = ApprovalState | Decision | StepResult | TestResult | Verdict;

/** How an entry reads by its result, where that says so. */
const results: Partial<Record<Result, Tone>> = {
  pass: "good",
  passed: "good",
  successful: "good",
  done: "good",
  return: "bad",
  returned: "bad",
  void: "bad",
  failed: "bad",
  rolled_back: "bad",
  blocked: "bad",
};

const colors = { good: "green", bad: "red", quiet: "gray", neutral: "blue" } as const satisfies Record<Tone, string>;

/** Green for what went well, red for what went back or wrong, grey for drafts and remarks. */
export function colorOf(event: EventView): (typeof colors)[Tone] {
  const word =
    payloadText(event, "vote", "decision") ||
    payloadText(event, "state") ||
    payloadText(event, "verdict") ||
    payloadText(event, "result");
  return colors[results[word as Result] ?? kindOf(event.kind).tone];
}
