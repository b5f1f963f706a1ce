import { ApiProblem, NoAnswer } from "@/api/problem";
import type { Problem } from "@/api/generated/types.gen";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Outbox, type Waiting } from "./outbox";

const body = { result: "done", started_at: "2026-11-26T12:00:00Z", finished_at: "2026-11-26T12:05:00Z" } as const;

function refusal(status: number): ApiProblem {
  const problem: Problem = { type: "x", title: "x", status, code: "procedure.refused", request_id: "r", instance: "/" };
  return new ApiProblem(problem);
}

/** An outbox whose server answers as the test says; it notes what it was sent. */
function outboxWith(answers: (Error | "taken")[]) {
  const sent: Waiting[] = [];
  let taken = 0;
  const send = (_: string, entry: Waiting): Promise<unknown> => {
    sent.push(entry);
    const answer = answers.shift() ?? "taken";
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve();
  };
  const outbox = new Outbox("REL-2026-0001", () => Promise.resolve(taken++), send);
  return { outbox, sent, takenCount: () => taken };
}

beforeEach(() => localStorage.clear());

describe("the outbox of a run sheet", () => {
  it("keeps an entry while there is no answer, and sends it again with the same key", async () => {
    const { outbox, sent, takenCount } = outboxWith([new NoAnswer("down")]);
    outbox.write({ kind: "step", step: "s1", body });
    await outbox.flush();
    await Promise.resolve();
    expect(outbox.state().waiting).toHaveLength(1);
    await outbox.flush();
    expect(outbox.state().waiting).toHaveLength(0);
    expect(takenCount()).toBe(1);
    expect(sent).toHaveLength(2);
    expect(sent[1]?.key).toBe(sent[0]?.key);
  });

  it("still has what was written after the page was left, with its key", async () => {
    const first = outboxWith([new NoAnswer("down")]);
    first.outbox.write({ kind: "deviation", body: { note: "later than planned" } });
    await first.outbox.flush();
    const second = outboxWith([]);
    expect(second.outbox.state().waiting.map(({ key }) => key)).toEqual(first.sent.map(({ key }) => key));
    await second.outbox.flush();
    expect(outboxWith([]).outbox.state().waiting).toHaveLength(0);
  });

  it("sends in the order of writing, and nothing past an entry without an answer", async () => {
    const { outbox, sent } = outboxWith([new NoAnswer("down")]);
    outbox.write({ kind: "step", step: "s1", body });
    outbox.write({ kind: "step", step: "s2", body });
    await outbox.flush();
    await Promise.resolve();
    expect(sent.map((entry) => entry.kind === "step" && entry.step)).toEqual(["s1"]);
    await outbox.flush();
    expect(sent.map((entry) => entry.kind === "step" && entry.step)).toEqual(["s1", "s1", "s2"]);
  });

  it("shows a refused entry with its reason and goes on with the next", async () => {
    const { outbox, takenCount } = outboxWith([refusal(409)]);
    outbox.write({ kind: "step", step: "s1", body });
    outbox.write({ kind: "step", step: "s2", body });
    await outbox.flush();
    await Promise.resolve();
    await outbox.flush();
    expect(outbox.state().refused.map(({ problem }) => problem.status)).toEqual([409]);
    expect(outbox.state().waiting).toHaveLength(0);
    expect(takenCount()).toBe(1);
    outbox.discard(outbox.state().refused[0]?.entry.key ?? "");
    expect(outbox.state().refused).toHaveLength(0);
  });

  it("holds what was taken until the page shows it, so that the step does not look undone", async () => {
    let show = (): void => undefined;
    const shown = new Promise<void>((resolve) => {
      show = resolve;
    });
    const outbox = new Outbox(
      "REL-2026-0001",
      () => shown,
      () => Promise.resolve(),
    );
    outbox.write({ kind: "step", step: "s1", body });
    await outbox.flush();
    await Promise.resolve();
    expect(outbox.state().waiting).toHaveLength(0);
    expect(outbox.state().taken.map((entry) => entry.kind === "step" && entry.step)).toEqual(["s1"]);
    show();
    await vi.waitFor(() => expect(outbox.state().taken).toHaveLength(0));
  });

  it("waits when the server is busy instead of taking that for a refusal", async () => {
    const { outbox } = outboxWith([refusal(503)]);
    outbox.write({ kind: "step", step: "s1", body });
    await outbox.flush();
    expect(outbox.state()).toMatchObject({ refused: [] });
  });
});
