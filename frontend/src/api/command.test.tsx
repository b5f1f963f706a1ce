import { QueryClientProvider } from "@tanstack/react-query";
import { renderHook, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { useCommand } from "./command";
import { ApiProblem, NoAnswer } from "./problem";
import { makeQueryClient } from "./queries";
import { NotConfirmed, reauthentication } from "./reauthentication";
import type { Problem } from "./generated/types.gen";

interface Sent {
  body: { text: string };
  headers?: Record<string, string>;
}

const refusal = (code: string, reasons: string[] = []): ApiProblem => {
  const blocked_by = reasons.map((reason) => ({
    code: reason,
    clause: "5.6b",
    kind: "not_permitted" as const,
    message: reason,
    who: [],
  }));
  const problem: Problem = { type: code, title: code, status: 403, code, request_id: "r", instance: "/", blocked_by };
  return new ApiProblem(problem);
};

/** Runs the hook over an operation whose outcomes are given; answers with the keys that were sent. */
function commandOf(outcomes: (Error | "done")[]) {
  const keys: string[] = [];
  const mutationFn = ({ headers }: Sent): Promise<string> => {
    keys.push(headers?.["Idempotency-Key"] ?? "none");
    const outcome = outcomes.shift() ?? "done";
    return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome);
  };
  const { result } = renderHook(() => useCommand<string, Error, Sent>({ mutationFn }), {
    wrapper: ({ children }) => <QueryClientProvider client={makeQueryClient()}>{children}</QueryClientProvider>,
  });
  const send = (text: string): Promise<unknown> =>
    result.current.mutateAsync({ body: { text } }).catch((error: unknown) => error);
  return { keys, send };
}

describe("a command", () => {
  it("keeps its key while the same content is tried again without an answer", async () => {
    const { keys, send } = commandOf([new NoAnswer("down"), "done", "done"]);
    await send("a");
    await send("a");
    await send("a");
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[1]);
  });

  it("takes another key for other content, and after an answer of the server", async () => {
    const { keys, send } = commandOf([new NoAnswer("down"), refusal("procedure.refused"), "done"]);
    await send("a");
    await send("b");
    await send("b");
    expect(new Set(keys).size).toBe(3);
  });

  it("asks for the password where it is needed, and then sends again", async () => {
    const { keys, send } = commandOf([refusal("login.reauthentication_required"), "done"]);
    const outcome = send("a");
    await waitFor(() => expect(reauthentication.isAsking()).toBe(true));
    reauthentication.answer(true);
    expect(await outcome).toBe("done");
    expect(keys).toHaveLength(2);
  });

  it("sends nothing more when the question for the password is closed", async () => {
    const { keys, send } = commandOf([refusal("login.reauthentication_required"), "done"]);
    const outcome = send("a");
    await waitFor(() => expect(reauthentication.isAsking()).toBe(true));
    reauthentication.answer(false);
    expect(await outcome).toBeInstanceOf(NotConfirmed);
    expect(keys).toHaveLength(1);
  });

  it("asks for the password where only that keeps a go-live decision back", async () => {
    const { keys, send } = commandOf([refusal("procedure.refused", ["approval.reauthentication_needed"]), "done"]);
    const outcome = send("a");
    await waitFor(() => expect(reauthentication.isAsking()).toBe(true));
    reauthentication.answer(true);
    expect(await outcome).toBe("done");
    expect(keys).toHaveLength(2);
  });

  it("does not ask for the password where another reason stands beside it", async () => {
    const { keys, send } = commandOf([
      refusal("procedure.refused", ["approval.reauthentication_needed", "approval.contributor"]),
    ]);
    expect(await send("a")).toBeInstanceOf(ApiProblem);
    expect(reauthentication.isAsking()).toBe(false);
    expect(keys).toHaveLength(1);
  });
});
