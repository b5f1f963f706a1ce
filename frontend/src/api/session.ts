import { below } from "@/lib/base-path";
import { asError, ApiProblem } from "./problem";
import type { Problem, TokenView } from "./generated/types.gen";

/**
 * Who is signed in on this page. The access token lives in memory only; the refresh cookie, out of reach of scripts,
 * brings a new one when the page is loaded or the token ends.
 */
export type SessionState =
  /** Not known yet: the page has just been loaded. */
  | "unknown"
  | "signed-in"
  /** With a one-time password: nothing but changing it is allowed. */
  | "must-change-password"
  /** The session ended while somebody was at work: signing in again goes on where they were. */
  | "expired"
  | "signed-out";

type Answer = { ok: true; token: TokenView } | { ok: false; error: Error };

/** Renewed this long before its end, in milliseconds. */
const margin = 30_000;

class Session {
  #state: SessionState = "unknown";
  #token: string | undefined;
  #endsAt = 0;
  #renewal: Promise<boolean> | undefined;
  #waiting: (() => void)[] = [];
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): SessionState => this.#state;

  /** Takes over a fresh token, from signing in or from a renewal. */
  begin(token: TokenView): void {
    this.#token = token.access_token;
    this.#endsAt = Date.now() + token.expires_in * 1000;
    this.#become(token.must_change_password ? "must-change-password" : "signed-in");
    for (const go of this.#waiting.splice(0)) go();
  }

  /** Forgets the token after signing out. */
  end(): void {
    this.#token = undefined;
    this.#become("signed-out");
  }

  /** Finds out whether the refresh cookie still holds; asked once when the page is loaded. */
  async start(): Promise<SessionState> {
    if (this.#state === "unknown" && !(await this.renew())) this.#become("signed-out");
    return this.#state;
  }

  /** The access token; renewed first when it is about to end, waited for while somebody signs in again. */
  async token(): Promise<string | undefined> {
    if (this.#state === "expired") await this.#signedInAgain();
    if (this.#token !== undefined && Date.now() > this.#endsAt - margin) await this.renewOrWait();
    return this.#token;
  }

  /** Renews the token or, when the session has ended, waits until the person has signed in again. */
  async renewOrWait(): Promise<void> {
    if (await this.renew()) return;
    this.#token = undefined;
    if (this.#state !== "signed-out") this.#become("expired");
    await this.#signedInAgain();
  }

  /**
   * Renews the token; false when the session has ended. Several calls at once share one renewal.
   * @throws NoAnswer when the server cannot be reached: that says nothing about the session.
   */
  renew(): Promise<boolean> {
    this.#renewal ??= refresh()
      .then((answer) => {
        if (answer.ok) this.begin(answer.token);
        else if (!(answer.error instanceof ApiProblem) || answer.error.status >= 500) throw answer.error;
        return answer.ok;
      })
      .finally(() => {
        this.#renewal = undefined;
      });
    return this.#renewal;
  }

  #signedInAgain(): Promise<void> {
    return new Promise((go) => this.#waiting.push(go));
  }

  #become(state: SessionState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** Plain fetch: the generated client would ask this file for a token. */
async function refresh(): Promise<Answer> {
  try {
    const response = await fetch(below("/api/v1/auth/refresh"), { method: "POST", credentials: "same-origin" });
    const body: unknown = await response.json();
    // The server's own description: a TokenView with 200, a Problem otherwise.
    return response.ok ? { ok: true, token: body as TokenView } : { ok: false, error: new ApiProblem(body as Problem) };
  } catch (error) {
    return { ok: false, error: asError(error) };
  }
}

export const session = new Session();
