import assert from "node:assert/strict";
import { newPage, settled, signIn, violations } from "./harness/browser.mjs";
import { exampleServer } from "./harness/server.mjs";

let server;
const example = async () => (server ??= await exampleServer());

export default [
  {
    name: "the tour comes at the first visit, is skipped, and does not come again until it is asked for",
    run: async (browser) => {
      const page = await newPage(browser, await example(), { isFirstVisit: true });
      await signIn(page, server, "zhang.wei");
      const tour = page.locator(".ant-tour");
      await tour.getByText("工作台先列出等您处理的事项").waitFor();
      await tour.getByRole("button", { name: "下一步" }).click();
      await tour.getByText("按 Ctrl K 可跳转到任何页面").waitFor();
      assert.deepEqual(await violations(page), []);
      await tour.getByRole("button", { name: "跳过" }).click();
      await tour.waitFor({ state: "detached" });
      await page.reload();
      await settled(page);
      assert.equal(await tour.count(), 0);
      await page.goto("/help");
      await page.getByRole("link", { name: "功能导览" }).click();
      await page.getByText("工作台先列出等您处理的事项").waitFor();
      assert.deepEqual(page.complaints, []);
    },
  },
  {
    name: "the pages turn to the language that the person has on record",
    run: async (browser) => {
      const page = await newPage(browser, await example(), { language: "en-US", isFirstVisit: true });
      await signIn(page, server, "zhang.wei");
      await page.getByRole("heading", { name: "待我处理" }).waitFor();
      assert.deepEqual(page.complaints, []);
    },
  },
];
