// Asks the API as one of the people, for what a test needs beside the browser.

/** Signs in; answers with a function that asks: `ask("GET", "/tasks?open=true")`. */
export async function asPerson(server, login, password = server.password) {
  const call = async (method, path, { body, etag, token } = {}) => {
    const response = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...(etag && { "If-Match": etag }),
        ...(method === "POST" && { "Idempotency-Key": crypto.randomUUID() }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    const answer = text === "" ? undefined : JSON.parse(text);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return answer;
  };
  const { access_token: token } = await call("POST", "/auth/login", { body: { login, password } });
  return (method, path, options = {}) => call(method, path, { ...options, token });
}
