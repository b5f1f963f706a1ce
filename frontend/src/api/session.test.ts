import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { listReleases } from "./generated/sdk.gen";
import { startClient } from "./client";
import { ApiProblem, NoAnswer } from "./problem";
import { session } from "./session";

const token = (name: string, expires_in = 900) => ({
  access_token: name,
  token_type: "Bearer",
  expires_in,
  must_change_password: false,
});
const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
const problem = (status: number, code: string) =>
  json(status, { type: `urn:fabu:problem:${code}`, title: code, status, code, request_id: "r", instance: "/" });

/** A server that answers with what the test says, and notes what it was asked. */
class Server {
  readonly asked: string[] = [];
  renewal: () => Response = () => json(200, token("second"));
  list: (bearer: string | null) => Response = () => json(200, { items: [], next_cursor: null });

  readonly fetch = (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(
      new URL(input instanceof Request ? input.url : input, window.location.origin),
      input instanceof Request ? input : init,
    );
    const path = new URL(request.url).pathname;
    const bearer = request.headers.get("Authorization");
    this.asked.push(path === "/api/v1/auth/refresh" ? "renewal" : `list ${bearer ?? "without a token"}`);
    return Promise.resolve(path === "/api/v1/auth/refresh" ? this.renewal() : this.list(bearer));
  };
}

let server: Server;

beforeEach(() => {
  server = new Server();
  vi.stubGlobal("fetch", server.fetch);
  startClient();
  session.begin(token("first"));
});
afterEach(() => vi.unstubAllGlobals());

const onlySecond = (bearer: string | null) =>
  bearer === "Bearer second" ? json(200, { items: [], next_cursor: null }) : problem(401, "token.expired");

describe("the session", () => {
  it("renews a token that the server no longer takes, and repeats the request once", async () => {
    server.list = onlySecond;
    const { data } = await listReleases({ throwOnError: true });
    expect(data.items).toEqual([]);
    expect(server.asked).toEqual(["list Bearer first", "renewal", "list Bearer second"]);
  });

  it("renews once for several requests at the same time", async () => {
    server.list = onlySecond;
    await Promise.all([1, 2, 3].map(() => listReleases({ throwOnError: true })));
    expect(server.asked.filter((name) => name === "renewal")).toHaveLength(1);
  });

  it("renews a token before it ends", async () => {
    session.begin(token("short", 20));
    await listReleases({ throwOnError: true });
    expect(server.asked).toEqual(["renewal", "list Bearer second"]);
  });

  it("waits for signing in again when the session has ended, and goes on with the same request", async () => {
    server.renewal = () => problem(401, "session.ended");
    server.list = onlySecond;
    const answer = listReleases({ throwOnError: true });
    await vi.waitFor(() => expect(session.state()).toBe("expired"));
    session.begin(token("second"));
    expect((await answer).data.items).toEqual([]);
    expect(session.state()).toBe("signed-in");
  });

  it("does not end because the network is down", async () => {
    server.list = () => problem(401, "token.expired");
    server.renewal = () => {
      throw new TypeError("Failed to fetch");
    };
    await expect(listReleases({ throwOnError: true })).rejects.toBeInstanceOf(NoAnswer);
    expect(session.state()).toBe("signed-in");
  });

  it("hands on a 401 that is about something else", async () => {
    server.list = () => problem(401, "login.failed");
    await expect(listReleases({ throwOnError: true })).rejects.toBeInstanceOf(ApiProblem);
    expect(server.asked).toEqual(["list Bearer first"]);
  });
});
