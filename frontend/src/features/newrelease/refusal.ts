import { ApiProblem } from "@/api/problem";
import type { BlockedBy } from "@/api/generated/types.gen";

/** The parts of the form that a reason can belong to. */
export type Part = "changes" | "team";

function partOf({ code }: BlockedBy): Part | undefined {
  if (/^(change|service_object|customer)\./.test(code)) return "changes";
  return code.startsWith("team.") ? "team" : undefined;
}

/** The reasons that belong to one part of the form, to be shown there. */
export function reasonsAt(error: unknown, part: Part): BlockedBy[] {
  return error instanceof ApiProblem ? error.reasons.filter((reason) => partOf(reason) === part) : [];
}

/** What is left to say above the button: everything that no part shows. Null when the parts say it all. */
export function unplaced(error: unknown): unknown {
  if (!(error instanceof ApiProblem) || error.reasons.length === 0) return error;
  const reasons = error.reasons.filter((reason) => partOf(reason) === undefined);
  return reasons.length === 0 ? null : new ApiProblem({ ...error.problem, blocked_by: reasons });
}

/** `/team/2/user_id` of what was sent, as the form names it. */
export function teamPointers(sent: readonly string[], error: unknown): { role: string; message: string }[] {
  const fields = error instanceof ApiProblem ? error.fields : [];
  return fields.flatMap(({ pointer, message }) => {
    const role = sent[Number(/^\/team\/(\d+)\//.exec(pointer)?.[1] ?? -1)];
    return role === undefined ? [] : [{ role, message }];
  });
}
