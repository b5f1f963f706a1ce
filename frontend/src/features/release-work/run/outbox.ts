import type { DeviationRequest, RollbackGroup, StepRequest } from "@/api/generated/types.gen";
import { recordDeviation, recordRollback, recordStep } from "@/api/generated/sdk.gen";
import { ApiProblem, asError, mayHelpToRepeat } from "@/api/problem";
import { forget, keep, kept } from "@/lib/storage";

/** Something for the run sheet. */
export type Written =
  | { kind: "step"; step: string; body: StepRequest }
  | { kind: "rollback"; group: RollbackGroup; body: StepRequest }
  | { kind: "deviation"; body: DeviationRequest };

/** An entry that the server has not taken yet. */
export type Waiting = Written & {
  /** Also the Idempotency-Key of every attempt: however often it is sent, it is written once. */
  key: string;
  /** When it was written here. */
  at: string;
};

/** An entry that the server said no to, and what it said; somebody must look at it. */
export interface Refused {
  entry: Waiting;
  problem: ApiProblem;
}

export interface OutboxState {
  waiting: readonly Waiting[];
  /** Taken by the server, and not yet part of what the page shows: until then it must not look as if nothing was written. */
  taken: readonly Waiting[];
  refused: readonly Refused[];
}

type Send = (number: string, entry: Waiting) => Promise<unknown>;

/** Sends an entry to its place in the API. */
async function sendEntry(number: string, entry: Waiting): Promise<unknown> {
  const headers = { "Idempotency-Key": entry.key };
  switch (entry.kind) {
    case "step":
      return recordStep({ path: { number, step: entry.step }, body: entry.body, headers, throwOnError: true });
    case "rollback":
      return recordRollback({ path: { number, group: entry.group }, body: entry.body, headers, throwOnError: true });
    case "deviation":
      return recordDeviation({ path: { number }, body: entry.body, headers, throwOnError: true });
  }
}

function isWaiting(value: unknown): value is Waiting[] {
  return (
    Array.isArray(value) &&
    value.every(
      (entry) => typeof entry === "object" && entry !== null && "key" in entry && "kind" in entry && "body" in entry,
    )
  );
}

/**
 * What was written on the run sheet of one release and not yet taken by the server: kept in the browser, sent in order, and
 * sent again with the same key until an answer comes. A server that cannot be reached loses nothing; a refusal is shown.
 */
export class Outbox {
  #state: OutboxState;
  #isSending = false;
  readonly #listeners = new Set<() => void>();
  readonly #name: string;

  constructor(
    readonly number: string,
    /** Reads anew what the page shows; done when it is shown. */
    private readonly onTaken: () => Promise<unknown>,
    private readonly send: Send = sendEntry,
  ) {
    this.#name = `outbox.${number}`;
    this.#state = { waiting: kept(this.#name, isWaiting) ?? [], taken: [], refused: [] };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): OutboxState => this.#state;

  /** Takes an entry and sends it as soon as that is possible. */
  write(written: Written): void {
    const entry: Waiting = { ...written, key: crypto.randomUUID(), at: new Date().toISOString() };
    this.#set({ ...this.#state, waiting: [...this.#state.waiting, entry] });
    void this.flush();
  }

  /** Forgets an entry that was refused. */
  discard(key: string): void {
    this.#set({ ...this.#state, refused: this.#state.refused.filter(({ entry }) => entry.key !== key) });
  }

  /** Sends what waits, oldest first, until all is taken or the server does not answer. */
  async flush(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      for (let first = this.#state.waiting[0]; first !== undefined; first = this.#state.waiting[0]) {
        if (!(await this.#sendFirst(first))) break;
      }
    } finally {
      this.#isSending = false;
    }
  }

  /** True when the entry is settled: taken or refused. */
  async #sendFirst(entry: Waiting): Promise<boolean> {
    try {
      await this.send(this.number, entry);
    } catch (thrown) {
      const error = asError(thrown);
      if (!(error instanceof ApiProblem) || mayHelpToRepeat(error)) return false;
      this.#settle(entry, { entry, problem: error });
      return true;
    }
    this.#set({ ...this.#state, taken: [...this.#state.taken, entry] });
    this.#settle(entry);
    void this.#shownAnew(entry);
    return true;
  }

  async #shownAnew({ key }: Waiting): Promise<void> {
    try {
      await this.onTaken();
    } finally {
      this.#set({ ...this.#state, taken: this.#state.taken.filter((entry) => entry.key !== key) });
    }
  }

  #settle({ key }: Waiting, refused?: Refused): void {
    this.#set({
      ...this.#state,
      waiting: this.#state.waiting.filter((entry) => entry.key !== key),
      refused: refused === undefined ? this.#state.refused : [...this.#state.refused, refused],
    });
  }

  #set(state: OutboxState): void {
    this.#state = state;
    if (state.waiting.length === 0) forget(this.#name);
    else keep(this.#name, state.waiting);
    for (const listener of this.#listeners) listener();
  }
}
