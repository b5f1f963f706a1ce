import { basePath, withoutBase } from "@/lib/base-path";
import { currentLanguage } from "@/lib/language";
import { client } from "./generated/client.gen";
import { asError } from "./problem";
import { session } from "./session";

/** These are asked without a token, and their 401 is an answer, not the end of a session. */
const open = /^\/api\/v1\/(auth\/(login|logout|refresh)|setup)$/;

/** Codes that mean: this token no longer counts, another one may. */
const tokenEnded = ["token.missing", "token.invalid", "token.expired", "session.ended"];

/** Sends a request with the token and the reader's language; a token that has ended is renewed and the request repeated. */
export async function send(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  request.headers.set("Accept-Language", currentLanguage());
  if (open.test(withoutBase(new URL(request.url).pathname))) return fetch(request);
  const first = request.clone();
  const response = await fetch(withToken(first, await session.token()));
  if (response.status !== 401 || !(await hasTokenEnded(response))) return response;
  await session.renewOrWait();
  return fetch(withToken(request, await session.token()));
}

function withToken(request: Request, token: string | undefined): Request {
  if (token !== undefined) request.headers.set("Authorization", `Bearer ${token}`);
  return request;
}

async function hasTokenEnded(response: Response): Promise<boolean> {
  try {
    const body: unknown = await response.clone().json();
    return typeof body === "object" && body !== null && "code" in body && tokenEnded.includes(String(body.code));
  } catch {
    return false;
  }
}

/** Sets up the generated client; called once, before anything is asked. */
export function startClient(): void {
  client.setConfig({ baseUrl: window.location.origin + basePath, fetch: send });
  client.interceptors.error.use((error) => asError(error));
}
