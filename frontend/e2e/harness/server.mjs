// Starts a real `fabu serve` for a test: own data folder, free port, no other service.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer, request as passOn } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const program = process.env.FABU_TEST_BINARY ?? join(root, "target/debug/fabu");

const running = new Set();
let folders = [];
let template;

function folder() {
  const made = mkdtempSync(join(tmpdir(), "fabu-pages-"));
  folders.push(made);
  return made;
}

/** Starts the program on a folder; answers when it listens. */
async function serve(data, { example = false, more = [] } = {}) {
  const port = await freePort();
  const options = ["serve", "--data-dir", data, "--listen", `127.0.0.1:${port}`, ...(example ? ["--example"] : [])];
  // Where the tests answer in place of a chat group's server.
  options.push("--robot-allow", "http://127.0.0.1", ...more);
  const child = spawn(program, options, { stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  let output = "";
  const server = {
    url: `http://127.0.0.1:${port}`,
    data,
    /** What the program has printed so far. */
    output: () => output,
    /** Ends the program and waits for it. */
    stop: () =>
      new Promise((done) => {
        running.delete(child);
        if (child.exitCode !== null) return done();
        child.once("exit", () => done());
        child.kill("SIGTERM");
      }),
  };
  await new Promise((ready, fail) => {
    const read = (chunk) => {
      output += chunk;
      if (/ listens: /.test(output)) ready();
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("error", fail);
    child.once("exit", (code) => fail(new Error(`fabu ended with ${code} before it listened:\n${output}`)));
  });
  server.setUpToken = /\/setup#token=(\S+)/.exec(output)?.[1];
  server.password = /all with the password (\S+)/.exec(output)?.[1];
  return server;
}

/** Makes the example company once, for all processes of a run. */
export async function makeExample() {
  const data = folder();
  const first = await serve(data, { example: true });
  await first.stop();
  return { data, password: first.password };
}

/**
 * A server with the example company: a copy of the one that was made for the run, or else made here. `more` are further
 * options of the program.
 */
export async function exampleServer(more = []) {
  const given = process.env.FABU_TEST_EXAMPLE;
  template ??= given === undefined ? await makeExample() : JSON.parse(given);
  const data = folder();
  cpSync(template.data, data, { recursive: true });
  const server = await serve(data, { example: true, more });
  server.password = template.password;
  return server;
}

/** A server in which nobody has an account. */
export function emptyServer() {
  return serve(folder());
}

/** A server with a history of releases taken over from a ledger, and its administrator. */
export async function serverWithLedger(csv, { login, name, password }) {
  const data = folder();
  const founding = await serve(data);
  const answer = await fetch(`${founding.url}/api/v1/setup`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() },
    body: JSON.stringify({ login, name, password, language: "zh-CN", token: founding.setUpToken }),
  });
  if (!answer.ok) throw new Error(`setup: ${answer.status} ${await answer.text()}`);
  await founding.stop();
  const file = join(data, "ledger.csv");
  writeFileSync(file, csv);
  const imported = spawnSync(program, ["import", "ledger", "--data-dir", data, file], { encoding: "utf8" });
  if (imported.status !== 0) throw new Error(imported.stderr);
  const server = await serve(data);
  server.password = password;
  return server;
}

/** True when the program to test is there. */
export function isBuilt() {
  return existsSync(program);
}

/** Ends everything that was started and removes its files. */
export function cleanUp() {
  for (const child of running) child.kill("SIGKILL");
  for (const path of folders) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  folders = [];
}

/**
 * A proxy as many companies have it: people come to `http://localhost:PORT/it/fabu/`, the program is told another `Host`, and
 * with `strips` it is told the path without `/it/fabu`.
 */
export async function proxiedServer({ strips }) {
  const port = await freePort();
  const base = "/it/fabu";
  const server = await exampleServer(["--base-url", `http://localhost:${port}${base}/`]);
  const proxy = createHttpServer((request, response) => {
    if (!request.url.startsWith(`${base}/`)) {
      response.writeHead(404).end("another program of the intranet");
      return;
    }
    const path = strips ? request.url.slice(base.length) : request.url;
    const target = new URL(server.url);
    const options = { host: target.hostname, port: target.port, method: request.method, path };
    const passed = passOn({ ...options, headers: { ...request.headers, host: "fabu_backend" } }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    passed.on("error", () => response.destroy());
    response.on("close", () => passed.destroy());
    request.pipe(passed);
  });
  await new Promise((ready) => proxy.listen(port, "127.0.0.1", ready));
  proxy.unref();
  return { ...server, url: `http://localhost:${port}`, base };
}

function freePort() {
  return new Promise((found, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => found(port));
    });
  });
}
