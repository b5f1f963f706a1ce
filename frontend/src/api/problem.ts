import type { BlockedBy, FieldProblem, Problem } from "./generated/types.gen";

/** The API said no, with its reasons. */
export class ApiProblem extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title);
    this.name = "ApiProblem";
  }

  get status(): number {
    return this.problem.status;
  }

  get code(): string {
    return this.problem.code;
  }

  /** Every reason why the procedure says no. */
  get reasons(): BlockedBy[] {
    return this.problem.blocked_by ?? [];
  }

  /** Every invalid field of what was sent. */
  get fields(): FieldProblem[] {
    return this.problem.errors ?? [];
  }

  /** Somebody else changed the record in between. */
  get isStale(): boolean {
    return this.status === 412;
  }
}

/** No answer came: the network is down, or what answered is not Fabu. */
export class NoAnswer extends Error {
  constructor(cause: unknown) {
    super("no answer", { cause });
    this.name = "NoAnswer";
  }
}

function isProblem(value: unknown): value is Problem {
  return (
    typeof value === "object" &&
    value !== null &&
    "code" in value &&
    typeof value.code === "string" &&
    "status" in value &&
    typeof value.status === "number"
  );
}

/** What a failed call throws, as one of the two errors above. An aborted call stays what it is. */
export function asError(thrown: unknown): Error {
  if (thrown instanceof ApiProblem || thrown instanceof NoAnswer) return thrown;
  if (thrown instanceof DOMException && thrown.name === "AbortError") return thrown;
  return isProblem(thrown) ? new ApiProblem(thrown) : new NoAnswer(thrown);
}

/** True when repeating the same call may help: no answer, or the server is busy. */
export function mayHelpToRepeat(error: unknown): boolean {
  return error instanceof NoAnswer || (error instanceof ApiProblem && [429, 502, 503, 504].includes(error.status));
}
