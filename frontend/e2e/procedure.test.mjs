// The procedure as a controlled document: a new version from its draft to the help page, signed by three people.
import assert from "node:assert/strict";
import { newPage, settled, signIn } from "./harness/browser.mjs";
import { exampleServer } from "./harness/server.mjs";

let server;
const example = async () => (server ??= await exampleServer());
const today = new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });

/** Answers what waits on the workbench of a person about the procedure. */
async function sign(browser, login) {
  const page = await newPage(browser, server);
  await signIn(page, server, login);
  await page.getByRole("link", { name: /程序审批：发布管理程序.*V1\.1/ }).click();
  await page.waitForURL("**/approvals/*");
  await page.getByText("13. 紧急发布").waitFor();
  assert.equal(await page.getByRole("button", { name: "有条件通过" }).count(), 0);
  await page.getByRole("button", { name: "通过", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "提交：通过" }).click();
  await page.getByText("已提交：通过").waitFor();
  assert.deepEqual(page.complaints, []);
}

export default [
  {
    name: "a new version of the procedure is written, signed from the workbenches, and shown by the help page from its day",
    run: async (browser) => {
      const page = await newPage(browser, await example());
      await signIn(page, server, "wang.zhiyuan", "/help");
      await page.getByText("V1.0，自 2025-01-07 起实施").waitFor();
      await page.getByRole("link", { name: "版本与变更履历" }).click();
      await page.getByText("首次发布").waitFor();
      assert.equal(await page.getByText("纸质签署").count(), 3);
      await page.getByRole("button", { name: "编制新版本" }).click();
      const begin = page.getByRole("dialog");
      await begin.getByLabel("版本").fill("V1.1");
      await begin.getByLabel("实施日期").fill(today);
      await page.keyboard.press("Enter");
      await begin.getByLabel("更改记录").fill("补充紧急发布的补办要求");
      await begin.getByRole("button", { name: "开始编制" }).click();
      await page.waitForURL("**/procedure-versions/V1.1");

      await page.getByRole("button", { name: "添加一行" }).first().click();
      await page.getByLabel("标题").last().fill("13. 紧急发布");
      await page.getByText("未填写“章节”第 13 行的“正文”").waitFor();
      await page.getByLabel("正文").last().fill("### 13.1. 补办\n\n紧急发布完成后三个工作日内补办评审和测试。");
      await page.getByText("已保存").waitFor();
      await page.getByRole("button", { name: "提交审批" }).click();
      const submit = page.getByRole("dialog");
      await submit.getByLabel("审核人").click();
      await page.keyboard.type("王志远");
      await page.getByTitle(/王志远/).click();
      await submit.getByRole("button", { name: "提交审批" }).click();
      await submit
        .getByText(/编制、审核、批准须由三人分别完成：王志远/)
        .first()
        .waitFor();
      await submit.getByLabel("审核人").click();
      await page.keyboard.type("杨帆");
      await page.getByTitle(/杨帆/).click();
      await submit.getByRole("button", { name: "提交审批" }).click();
      await page.getByText("审批中").waitFor();
      assert.equal(await page.getByLabel("正文").count(), 0, "what is submitted is not edited");

      await sign(browser, "yang.fan");
      await page.reload();
      await page.getByText("审批中").waitFor();
      await sign(browser, "li.jianguo");

      await page.goto("/help#clause-13.1");
      await page.getByText(`V1.1，自 ${today} 起实施`).waitFor();
      await page.getByText("紧急发布完成后三个工作日内补办评审和测试。").waitFor();
      await page.goto("/procedure-versions/V1.1");
      await page.getByText("实施中").waitFor();
      await page.getByText("杨帆").waitFor();
      await page.locator(".fabu-change", { hasText: "13. 紧急发布" }).waitFor();
      await page.goto("/procedure-versions");
      await page.getByText("已被替代").waitFor();
      await settled(page);
      assert.deepEqual(page.complaints, []);
    },
  },
];
