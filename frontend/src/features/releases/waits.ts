import type { DocumentKind, ReleaseView } from "@/api/generated/types.gen";
import { isMoot, placeOf } from "@/procedure/commands";

/** What a release waits for, and for whom; nobody where the reader can go on. */
export interface Wait {
  key: string;
  what: string;
  who: string[];
  /** The document that the step is about. */
  document?: DocumentKind;
  /** When it was or is due, where that is known. */
  due?: string;
}

/** How many tasks are named; the others are on the release's own page. */
const tasksNamed = 2;

/**
 * What a release waits for: the panels that have not answered; the tasks that hold up a step; and where neither is open, the
 * step that takes it on, with those whose step it is.
 */
export function waitsOf({ approvals, tasks, actions }: Pick<ReleaseView, "approvals" | "tasks" | "actions">): Wait[] {
  const panels = approvals
    .filter(({ state }) => state === "open")
    .map(({ id, kind_name, members, due_at }) => ({
      key: id,
      what: kind_name,
      who: members.filter(({ vote }) => vote === null).map(({ user }) => user.name),
      due: due_at,
    }));
  const owed = tasks
    .filter(({ state, blocks }) => (state === "open" || state === "submitted") && blocks !== "nothing")
    .toSorted((one, other) => one.due_at.localeCompare(other.due_at))
    .slice(0, tasksNamed)
    .map(({ id, title, state, assignee, verifier, due_at }) => ({
      key: id,
      what: title,
      who: [state === "submitted" && verifier ? verifier.name : assignee.name],
      due: due_at,
    }));
  const open = [...panels, ...owed];
  if (open.length > 0) return open;
  const next = actions.find((action) => placeOf(action) === "forward" && !isMoot(action));
  if (next === undefined) return [];
  const who = next.blocked_by.flatMap((reason) => reason.who.map(({ name }) => name));
  return [
    {
      key: next.name,
      what: next.label,
      who: [...new Set(who)],
      ...(next.document && { document: next.document }),
    },
  ];
}
