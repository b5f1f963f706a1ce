import type { EventView } from "@/api/generated/types.gen";

/** What an event is about, for filtering. */
export const subjects = [
  "stage",
  "team",
  "document",
  "approval",
  "task",
  "test",
  "deployment",
  "configuration",
  "comment",
  "other",
] as const;

export type Subject = (typeof subjects)[number];

const families: Record<string, Subject> = {
  document: "document",
  approval: "approval",
  task: "task",
  unit: "test",
  test_case: "test",
  test_run: "test",
  test_report: "test",
  configuration_change: "configuration",
  deployment: "deployment",
  run_sheet: "deployment",
  archive: "other",
  attachment: "comment",
};

const ofRelease: Record<string, Subject> = {
  commented: "comment",
  role_assigned: "team",
  role_vacated: "team",
  exception_granted: "team",
  verdict_recorded: "deployment",
  test_round_raised: "test",
  risk_accepted: "approval",
  window_set: "document",
};

export function subjectOf(kind: string): Subject {
  const [family = "", action = ""] = kind.split(".");
  return family === "release" ? (ofRelease[action] ?? "stage") : (families[family] ?? "other");
}

/** A member of an event's payload, where it is a text or a number. */
export function payloadText(event: EventView, ...path: string[]): string {
  const found = path.reduce<unknown>(
    (at, step) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[step] : undefined),
    event.payload,
  );
  return typeof found === "string" || typeof found === "number" ? String(found) : "";
}

/** The people an event names, by id. */
export function peopleOf(event: EventView): string[] {
  const named = ["user_id", "user", "member", "successor", "performed_by"].map((member) => payloadText(event, member));
  return [event.actor ?? "", event.on_behalf_of ?? "", ...named];
}

/** Green for what went well, red for what went back or wrong, grey for drafts and remarks. */
export function colorOf(event: EventView): "blue" | "green" | "red" | "gray" {
  const { kind } = event;
  const word =
    payloadText(event, "vote", "decision") ||
    payloadText(event, "state") ||
    payloadText(event, "verdict") ||
    payloadText(event, "result");
  if (["return", "returned", "void", "failed", "rolled_back", "blocked"].includes(word)) return "red";
  if (/returned|cancelled|rollback|suspended|withdrawn/.test(kind)) return "red";
  if (["pass", "passed", "successful", "done"].includes(word) || /done|confirmed|completed|closed/.test(kind)) {
    return "green";
  }
  return /draft|comment|attachment/.test(kind) ? "gray" : "blue";
}
