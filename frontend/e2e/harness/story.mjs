// The people of a story, each with a browser of their own, and what they do on the pages of a release.
import assert from "node:assert/strict";
import { asPerson } from "./api.mjs";
import { newPage, settled, signIn } from "./browser.mjs";
import { field, fill, write } from "./controls.mjs";

/** People who work together on one server. Pages are in Chinese; `look` may narrow them to a phone. */
export class Story {
  #pages = new Map();
  #asks = new Map();

  constructor(browser, server, look = {}) {
    this.browser = browser;
    this.server = server;
    this.look = look;
  }

  /** The page of a person at an address, all there. */
  async at(login, address) {
    let page = this.#pages.get(login);
    if (page === undefined) {
      page = await newPage(this.browser, this.server, this.look);
      this.#pages.set(login, page);
      await signIn(page, this.server, login, address);
    } else {
      await page.goto(address);
      await settled(page);
    }
    return page;
  }

  /** Asks the API as this person: for what the test must know, never for what the story does. */
  async ask(login, path) {
    if (!this.#asks.has(login)) this.#asks.set(login, await asPerson(this.server, login));
    return this.#asks.get(login)("GET", path);
  }

  /** Nothing that should never happen did: no error of a script, no report of the security policy, no answer 5xx. */
  assertNoComplaints() {
    for (const [login, page] of this.#pages) assert.deepEqual(page.complaints, [], login);
  }
}

/** The topmost dialog. */
export function dialogOf(page) {
  return page.locator(".ant-modal:visible").last();
}

/** Presses the button of an action, fills in its form, and waits until it is done. */
export async function act(page, label, fields = {}, scope = page.locator("body")) {
  await scope.getByRole("button", { name: label, exact: true }).first().click();
  const dialog = dialogOf(page);
  await dialog.locator(".ant-modal-title").getByText(label, { exact: true }).waitFor();
  await fill(dialog, fields);
  const sure = dialog.getByRole("checkbox", { name: /我已核对/ });
  if ((await sure.count()) > 0) await sure.check();
  await send(page, dialog, label);
}

/** Presses the button that sends a dialog, and waits until the dialog is gone and everything is read anew. */
export async function send(page, dialog, label) {
  await dialog.getByRole("button", { name: label, exact: true }).click();
  await gone(page, dialog);
}

/** Waits until the dialog has closed; says what it says when it does not. */
async function gone(page, dialog) {
  try {
    await dialog.waitFor({ state: "hidden", timeout: 15_000 });
  } catch {
    throw new Error(`the dialog stays: ${(await dialog.innerText()).replaceAll(/\n+/g, " | ")}`);
  }
  await settled(page);
}

/** Writes into the document and waits until it has saved itself. */
export async function writeDocument(page, content) {
  await write(page, content);
  await page.getByText("已保存", { exact: true }).waitFor({ timeout: 20_000 });
  await settled(page);
}

/** Submits the document of the page; nothing may be missing. */
export async function submitDocument(page, note) {
  const missing = page.getByRole("region", { name: "提交前还缺" });
  await page.getByText("内容完整，可以提交").or(missing).first().waitFor();
  if ((await missing.count()) > 0) throw new Error(`still missing: ${await missing.innerText()}`);
  await page.getByRole("button", { name: /^提交/ }).last().click();
  const dialog = dialogOf(page);
  await fill(dialog, { 修改说明: note });
  await send(page, dialog, "提交");
}

/** Answers the approval of this kind that waits for the person, beginning at the workbench. */
export async function vote(story, login, release, kind, decision, { comment = "", look } = {}) {
  const page = await story.at(login, "/");
  await waitingLine(page, release, kind).getByRole("link", { name: "去审批" }).click();
  await page.waitForURL("**/approvals/*");
  await settled(page);
  await page.getByRole("button", { name: decision, exact: true }).click();
  const dialog = dialogOf(page);
  await dialog.waitFor();
  await look?.(page);
  if (comment !== "") await fill(dialog, { 意见: comment });
  await dialog.getByRole("button", { name: `提交：${decision}` }).click();
  // Whoever signed in within ten minutes is not asked again.
  const again = page.locator(".ant-modal:visible").filter({ hasText: "请再次输入密码" });
  await again
    .or(page.getByText(`已提交：${decision}`))
    .first()
    .waitFor();
  if (await again.isVisible()) {
    await fill(again, { 密码: story.server.password });
    await send(page, again, "确认");
  }
  await gone(page, dialog);
  return page;
}

/** The line of the workbench for something of a release that waits for the reader. */
export function waitingLine(page, release, words) {
  return page
    .locator(".ant-card .ant-card")
    .filter({ has: page.getByRole("link", { name: release }), hasText: words })
    .first();
}

/** The person completes a task of theirs. */
export async function completeTask(story, task, text) {
  const page = await story.at(task.login, `/tasks/${task.id}`);
  await act(page, "完成任务", { 完成情况: text });
  return page;
}

/** Somebody who may check it does: the task ends. */
export async function verifyTask(story, login, task) {
  const page = await story.at(login, `/tasks/${task.id}`);
  await act(page, "核实任务", { 核实意见: "已核实" });
}

/** The login of each person by id. */
export async function logins(story) {
  const { items } = await story.ask("zhao.min", "/users?limit=100");
  return new Map(items.map(({ id, login }) => [id, login]));
}

/** Every answer that the panels of this kind wait for: each awaited person agrees. */
export async function allAgree(story, login, release, kind, words, options) {
  const people = await logins(story);
  const { approvals } = await story.ask(login, `/releases/${release}`);
  const panels = approvals.filter((panel) => panel.kind === kind && panel.state === "open");
  assert.ok(panels.length > 0, `somebody is asked: ${words}`);
  for (const { user, vote: given } of panels.flatMap(({ members }) => members)) {
    if (given === null) await vote(story, people.get(user.id), release, words, "通过", options);
  }
}

/** The open tasks that hold up a step: each person completes theirs, and whoever has to checks it. */
export async function finishTasks(story, login, release, blocks) {
  const people = await logins(story);
  for (;;) {
    const { tasks } = await story.ask(login, `/releases/${release}`);
    const next = tasks.find((task) => task.blocks === blocks && (task.state === "open" || task.state === "submitted"));
    if (next === undefined) return;
    const { id } = next;
    if (next.state === "submitted") await verifyTask(story, people.get(next.verifier.id), { id });
    else await completeTask(story, { id, login: people.get(next.assignee.id) }, `已办妥：${next.title}`);
  }
}

/** What happened to the release, oldest first. */
export async function events(story, login, release) {
  const all = [];
  for (let path = `/releases/${release}/events?order=oldest&limit=100`; path;) {
    const { items, next_cursor: next } = await story.ask(login, path);
    all.push(...items);
    path = next && `/releases/${release}/events?order=oldest&limit=100&cursor=${encodeURIComponent(next)}`;
  }
  return all;
}

export { field };
