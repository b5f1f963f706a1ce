// Two people write the same document: what excludes each other is asked about, everything else comes together by itself.
import assert from "node:assert/strict";
import { newPage, settled, signIn } from "./harness/browser.mjs";
import { field } from "./harness/controls.mjs";
import { filled } from "./harness/places.mjs";
import { exampleServer } from "./harness/server.mjs";

const writer = "liu.fang";
let server;

/** Two browsers at the release plan, both with what was saved before. */
async function two(browser) {
  server ??= await exampleServer();
  const address = await filled(server, writer, "/releases/{planning}/plan");
  return Promise.all(
    ["one", "other"].map(async () => {
      const page = await newPage(browser, server);
      await signIn(page, server, writer, address);
      return page;
    }),
  );
}

const saved = (page) => page.getByText("已保存", { exact: true }).waitFor({ timeout: 15_000 });
const typed = (page) => page.getByText("稍后自动保存", { exact: true }).waitFor();

/** In which order the two come together; `other` is the one who is asked. */
const orders = [
  {
    name: "when both save themselves after a pause",
    meet: async (one, other, [first, second]) => {
      await field(one, "/staffing").fill(first);
      await field(other, "/staffing").fill(second);
      await saved(one);
    },
  },
  {
    name: "when the second has heard of the first while still typing",
    meet: async (one, other, [first, second]) => {
      await field(one, "/staffing").fill(first);
      await typed(one);
      const heard = other.waitForResponse((response) => response.url().endsWith("/documents/release_plan"));
      let isHeard = false;
      void heard.then(() => (isHeard = true));
      while (!isHeard) await field(other, "/staffing").pressSequentially("。", { delay: 300 });
      await heard;
      await field(other, "/staffing").fill(second);
    },
  },
  {
    name: "when the second was cut off from the network meanwhile",
    meet: async (one, other, [first, second]) => {
      await other.context().setOffline(true);
      await field(other, "/staffing").fill(second);
      await other.getByText("无法连接服务器，内容已保存在本机").waitFor({ timeout: 15_000 });
      await field(one, "/staffing").fill(first);
      await typed(one);
      await saved(one);
      await other.context().setOffline(false);
    },
  },
  {
    name: "when the second closed the page with something unsaved",
    meet: async (one, other, [first, second]) => {
      await other.context().setOffline(true);
      await field(other, "/staffing").fill(second);
      await other.getByText("无法连接服务器，内容已保存在本机").waitFor({ timeout: 15_000 });
      await field(one, "/staffing").fill(first);
      await typed(one);
      await saved(one);
      // A page that is left tries to save once more, past the network that is cut off; by now that is refused.
      const address = other.url();
      await other.goto("about:blank");
      await other.context().setOffline(false);
      await other.goto(address);
    },
  },
];

export default [
  ...orders.map(({ name, meet }, n) => ({
    name: `asks whose text stays, ${name}`,
    run: async (browser) => {
      const [one, other] = await two(browser);
      const [first, second] = [`先保存的${n}`, `后保存的${n}`];
      await meet(one, other, [first, second]);
      const dialog = other.getByRole("dialog");
      await dialog.getByText("他人也修改了这些内容").waitFor({ timeout: 15_000 });
      await dialog.getByText(first).waitFor();
      await dialog.getByText(second, { exact: true }).waitFor();
      await dialog.getByText("采用对方的：").click();
      await dialog.getByRole("button", { name: "按此合并" }).click();
      await saved(other);
      await settled(other);
      assert.equal(await field(other, "/staffing").inputValue(), first);
      assert.deepEqual(
        [...one.complaints, ...other.complaints].filter(
          (complaint) => !complaint.includes("ERR_INTERNET_DISCONNECTED"),
        ),
        [],
      );
    },
  })),
  {
    name: "brings together by itself what two people wrote in different fields",
    run: async (browser) => {
      const [one, other] = await two(browser);
      await field(one, "/purpose").fill("甲写的目的");
      await field(other, "/impact").fill("乙写的影响");
      await Promise.all([typed(one), typed(other)]);
      await Promise.all([saved(one), saved(other)]);
      await one.reload();
      await settled(one);
      assert.equal(await field(one, "/purpose").inputValue(), "甲写的目的");
      assert.equal(await field(one, "/impact").inputValue(), "乙写的影响");
    },
  },
];
