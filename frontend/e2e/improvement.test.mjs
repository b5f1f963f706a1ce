// Reports and improvement as the people of the procedure work with them: a report from its draft to its approval, the
// review of a failed release, an arrangement that is made and ended.
import assert from "node:assert/strict";
import { asPerson } from "./harness/api.mjs";
import { newPage, settled, signIn } from "./harness/browser.mjs";
import { exampleServer } from "./harness/server.mjs";

let server;
const example = async () => (server ??= await exampleServer());

export default [
  {
    name: "a quarterly report is drafted, assessed, submitted, and approved by the general manager with the password",
    run: async (browser) => {
      const page = await newPage(browser, await example());
      await signIn(page, server, "wang.zhiyuan", "/reports/quarterly");
      await page.getByRole("button", { name: "起草报告" }).click();
      await page.getByRole("dialog").getByLabel("季度").click();
      await page.getByTitle("2026Q3").click();
      await page.getByRole("dialog").getByRole("button", { name: "起草" }).click();
      await page.waitForURL("**/reports/quarterly/2026Q3");
      await page.getByText("提交前尚缺").waitFor();

      await page.getByRole("textbox", { name: "程序执行情况" }).fill("本季度四个发布均按程序执行。");
      await page.getByRole("textbox", { name: "改进内容" }).fill("回退演练提前一周安排。");
      await page.getByRole("button", { name: "添加一行" }).click();
      await page.getByLabel("措施", { exact: true }).fill("演练排期写入发布方案");
      await page.getByLabel("责任人").click();
      await page.keyboard.type("周婷");
      await page.getByTitle(/周婷/).click();
      await page.getByLabel("期限").fill("2027-01-15");
      await page.keyboard.press("Enter");
      await page.getByText("已保存").waitFor();
      await page.getByText("提交前尚缺").waitFor({ state: "detached" });
      await page.getByRole("button", { name: "提交审批" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "提交审批" }).click();
      await page.getByText("待批准").waitFor();
      assert.deepEqual(page.complaints, []);

      const manager = await newPage(browser, server);
      await signIn(manager, server, "li.jianguo");
      await manager.getByRole("link", { name: "去审批" }).first().click();
      await manager.waitForURL("**/reports/quarterly/2026Q3");
      await manager.getByText("本季度四个发布均按程序执行。").waitFor();
      await manager.getByRole("button", { name: "批准" }).click();
      await manager.getByRole("dialog").getByRole("button", { name: "批准" }).click();
      await manager.getByText("校验值 SHA-256").waitFor();
      assert.equal(
        await manager.getByRole("textbox", { name: "程序执行情况" }).count(),
        0,
        "what is approved is not edited",
      );

      const saved = manager.waitForEvent("download");
      await manager.getByRole("button", { name: "下载 Excel" }).click();
      assert.match((await saved).suggestedFilename(), /2026Q3.*\.xlsx$/);
      assert.deepEqual(manager.complaints, []);

      const tester = await newPage(browser, server);
      await signIn(tester, server, "zhou.ting");
      await tester.getByRole("link", { name: "演练排期写入发布方案" }).click();
      await tester.waitForURL("**/reports/quarterly/2026Q3");
      await settled(tester);
      assert.equal(await tester.getByRole("button", { name: "移交" }).count(), 0, "who owes it does not give it away");
      await page.reload();
      await page.getByRole("button", { name: "移交" }).waitFor();
      await tester.getByRole("button", { name: "报告完成" }).click();
      await tester.getByRole("dialog").getByLabel("完成情况与证据").fill("排期表已归档。");
      await tester.getByRole("dialog").getByRole("button", { name: "报告完成" }).click();
      await tester.getByText("排期表已归档。").waitFor();
      await tester.goto("/");
      await settled(tester);
      assert.equal(await tester.getByText("演练排期写入发布方案").count(), 0);
      assert.deepEqual(tester.complaints, []);
    },
  },
  {
    name: "every figure of a report opens the releases that it counts",
    run: async (browser) => {
      const ask = await asPerson(await example(), "wang.zhiyuan");
      const { items } = await ask("GET", "/reports/quarterly");
      if (items.length === 0) await ask("POST", "/reports/quarterly", { body: { quarter: "2026Q3" } });
      const page = await newPage(browser, server);
      await signIn(page, server, "xie.ning", "/reports/quarterly/2026Q3");
      const figure = page.getByRole("link", { name: /^查看 2026Q3 一般 的 (\d+) 个发布单$/ });
      const count = Number(await figure.textContent());
      await figure.click();
      await page.waitForURL("**/releases?revision=1&kind=minor");
      await page.getByRole("heading", { name: "2026Q3 统计的发布" }).waitFor();
      await settled(page);
      assert.equal(await page.locator("tbody tr.ant-table-row").count(), count);
      assert.deepEqual(page.complaints, []);
    },
  },
  {
    name: "the review of a failed release is written as a document, and its actions become tasks",
    run: async (browser) => {
      const page = await newPage(browser, await example());
      const ask = await asPerson(server, "wang.zhiyuan");
      const { items } = await ask("GET", "/tasks?kind=failed_release_review&open=true&everybody=true");
      const { release, assignee } = items[0];
      const { login } = await ask("GET", `/users/${assignee.id}`);
      await signIn(page, server, login, "/reviews");
      await page.getByRole("link", { name: release.number }).first().click();
      await page.waitForURL(`**/releases/${release.number}/closure`);
      await page.getByLabel("失败原因").last().fill("数据库补丁与存储过程不兼容。");
      await page.getByLabel("为何未能预防").last().fill("测试环境缺少同版本补丁。");
      await page.getByRole("button", { name: "添加一行" }).click();
      await page.getByLabel("措施", { exact: true }).fill("测试环境补丁与生产一致");
      await page.getByLabel("责任人").click();
      await page.keyboard.type("周婷");
      await page.getByTitle(/周婷/).click();
      await page.getByLabel("期限").fill("2027-01-15");
      await page.keyboard.press("Enter");
      await page.getByText("内容完整，可以提交").first().waitFor();
      await page.getByRole("button", { name: "提交失败发布回顾" }).first().click();
      await page.getByRole("dialog").getByRole("button", { name: "提交" }).click();
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await page.goto("/reviews?list=actions");
      await page.getByRole("link", { name: "测试环境补丁与生产一致" }).waitFor();
      assert.deepEqual(page.complaints, []);
    },
  },
  {
    name: "an arrangement is made, paused and ended",
    run: async (browser) => {
      const page = await newPage(browser, await example(), { language: "en-US" });
      await signIn(page, server, "wang.zhiyuan", "/reports/schedules");
      await page.getByRole("button", { name: "Add report schedule" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Name").fill("Morning digest");
      await dialog.getByLabel("Roles").click();
      await page.keyboard.type("auditor");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Escape");
      await dialog.getByRole("button", { name: "Save" }).click();
      await page.getByRole("heading", { name: "Morning digest" }).waitFor();
      await page.getByText("Each working day at 08:40").waitFor();
      await page.getByRole("button", { name: "Pause" }).click();
      await page.getByText("Paused", { exact: true }).waitFor();
      await page.getByRole("button", { name: "Delete" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
      await page.waitForURL("**/reports/schedules");
      await settled(page);
      assert.equal(await page.getByRole("link", { name: "Morning digest" }).count(), 0);
    },
  },
];
