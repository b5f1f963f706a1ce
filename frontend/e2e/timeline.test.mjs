// What happened, as people read it: the timeline of a release and the log, whose sentences and names are those of the API.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { asPerson } from "./harness/api.mjs";
import { newPage, settled, signIn, violations } from "./harness/browser.mjs";
import { exampleServer } from "./harness/server.mjs";

let server;
const example = async () => (server ??= await exampleServer());
const description = new URL("../../openapi/openapi.json", import.meta.url);
const described = () =>
  JSON.parse(readFileSync(description, "utf8")).components.schemas.EventKindsView["x-event-kinds"];

export default [
  {
    name: "every entry of a release is told in a sentence that is filled in, in both languages",
    run: async (browser) => {
      for (const language of ["zh-CN", "en-US"]) {
        const page = await newPage(browser, await example(), { language });
        const ask = await asPerson(server, "zhang.wei");
        const { items: releases } = await ask("GET", "/releases?limit=100");
        // The one whose story is the longest.
        const stories = await Promise.all(
          releases.map(async ({ number }) => {
            const { items } = await ask("GET", `/releases/${number}/events?limit=50&order=newest`);
            return { number, items };
          }),
        );
        const { number, items } = stories.sort((a, b) => b.items.length - a.items.length)[0];
        assert.ok(items.length > 20, `${number} has a story`);
        await signIn(page, server, "zhang.wei", `/releases/${number}/timeline`);
        await page.locator(`#entry-${items[0].id}`).waitFor();
        await settled(page);
        const { kinds } = described();
        for (const { id, kind } of items) {
          const title = await page.locator(`#entry-${id} > span`).first().textContent();
          const { name, sentence } = kinds.find((known) => known.kind === kind);
          const text = (sentence ?? name)[language === "zh-CN" ? "zh-CN" : "en"];
          const pattern = text.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/{{\w+}}/g, ".*");
          assert.match(title, new RegExp(`^${pattern}$`), kind);
          assert.doesNotMatch(title, /{{|}}|enums:|undefined|[0-9a-f]{8}-[0-9a-f]{4}-/, kind);
        }
        assert.deepEqual(page.complaints, []);
      }
    },
  },
  {
    name: "the log says what an entry is in words, and is filtered by what its entries are about",
    run: async (browser) => {
      const page = await newPage(browser, await example());
      await signIn(page, server, "zhao.min", "/admin/events?kind=user.");
      await page.getByRole("cell", { name: "人员 新增人员" }).first().waitFor();
      assert.equal(await page.locator("tbody").getByText("user.created").count(), 0);
      await page.getByRole("combobox", { name: "事件类别" }).click();
      await page.getByRole("combobox", { name: "事件类别" }).fill("季度报告");
      await page.getByTitle("季度报告", { exact: true }).click();
      await page.waitForURL("**kind=quarterly_report.**");
      await settled(page);
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(page.complaints, []);
    },
  },
];
