import { useMutation, useQueryClient, type UseMutationOptions, type UseMutationResult } from "@tanstack/react-query";
import { useRef } from "react";
import { ApiProblem, NoAnswer } from "./problem";
import { reauthentication } from "./reauthentication";

/** The If-Match header of a record that shows its number. */
export function ifMatch(version: number): { "If-Match": string } {
  return { "If-Match": `"v${version}"` };
}

/** The If-Match header of a record that shows its ETag. */
export function ifMatchEtag(etag: string): { "If-Match": string } {
  return { "If-Match": etag };
}

type Sent = { path?: unknown; query?: unknown; body?: unknown; headers?: object };
type Attempt = { content: string; key: string };

/**
 * Sends one operation that changes something: `useCommand(castVoteMutation())`.
 *
 * It gives an Idempotency-Key, the same one while the same content is tried again without an answer; asks for the
 * password where the API wants it entered again; and reads everything shown anew afterwards.
 */
export function useCommand<TData, TError, TSent extends Sent>(
  operation: UseMutationOptions<TData, TError, TSent>,
  onDone?: (answer: TData, sent: TSent) => void,
): UseMutationResult<TData, Error, TSent> {
  const queries = useQueryClient();
  const last = useRef<Attempt>(undefined);
  return useMutation<TData, Error, TSent>({
    mutationFn: async (sent, context) => {
      if (operation.mutationFn === undefined) throw new TypeError("an operation without a function");
      const content = fingerprint(sent);
      const key = last.current?.content === content ? last.current.key : crypto.randomUUID();
      last.current = { content, key };
      const whole = { ...sent, headers: { ...sent.headers, "Idempotency-Key": key } };
      try {
        return await operation.mutationFn(whole, context);
      } catch (error) {
        if (!(error instanceof NoAnswer)) last.current = undefined;
        if (!needsPassword(error)) throw error;
        await reauthentication.ask();
        return await operation.mutationFn(
          { ...whole, headers: { ...whole.headers, "Idempotency-Key": crypto.randomUUID() } },
          context,
        );
      }
    },
    onSuccess: async (answer, sent) => {
      last.current = undefined;
      onDone?.(answer, sent);
      await queries.invalidateQueries();
    },
  });
}

function needsPassword(error: unknown): boolean {
  if (!(error instanceof ApiProblem)) return false;
  // The second is a rule of the procedure (5.6b); beside other reasons the password would not help.
  const isRule =
    error.reasons.length > 0 && error.reasons.every(({ code }) => code === "approval.reauthentication_needed");
  return isRule || error.code === "login.reauthentication_required";
}

function fingerprint({ path, query, body, headers }: Sent): string {
  return JSON.stringify([path, query, body, headers], (_, value: unknown) =>
    value instanceof File ? [value.name, value.size, value.lastModified] : value,
  );
}
