// The robots of chat groups as an administrator keeps them: added with a token that is never seen again, tried, changed,
// and taken away. The group's server stands here and answers as DingTalk's does.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { asPerson } from "./harness/api.mjs";
import { newPage, overflow, settled, signIn, violations } from "./harness/browser.mjs";
import { fill } from "./harness/controls.mjs";
import { exampleServer } from "./harness/server.mjs";

const accepted = { errcode: 0, errmsg: "ok" };
const token = "6f2c77-token-of-the-group";
const description = new URL("../../openapi/openapi.json", import.meta.url);

let server;
const example = async () => (server ??= await exampleServer());

/** A server of a group: what it was asked, and what it answers next. */
async function groupServer() {
  const asked = [];
  const group = { asked, answer: accepted };
  const listener = createServer((request, response) => {
    asked.push(new URL(request.url, "http://group").searchParams);
    request.resume();
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(group.answer));
  });
  await new Promise((ready) => listener.listen(0, "127.0.0.1", ready));
  // It ends with the tests, whatever becomes of them.
  listener.unref();
  group.url = `http://127.0.0.1:${listener.address().port}`;
  return group;
}

export default [
  {
    name: "a robot is added, says a test in its group, is changed, and deleted",
    run: async (browser) => {
      const page = await newPage(browser, await example());
      const group = await groupServer();
      const dialog = page.getByRole("dialog");
      const tryIt = async (state) => {
        await page.getByRole("button", { name: "发送测试" }).click();
        await dialog.getByText(state, { exact: true }).waitFor();
      };
      await signIn(page, server, "zhao.min", "/admin/robots");
      await page.getByText("人员、客户和文件内容不进群").waitFor();

      await page.getByRole("button", { name: "新增群机器人" }).click();
      await fill(dialog, { 名称: "核心系统发布群", 群所在软件: "钉钉", 服务器地址: group.url });
      await dialog.getByLabel("密钥", { exact: true }).fill("SEC-of-the-group");
      await dialog.getByText("access_token=").waitFor();
      await dialog.getByRole("button", { name: "保存" }).click();
      await dialog.locator("#kinds_help").getByText("不能为空").waitFor();
      await dialog.locator("#credentials_token_help").getByText("值无效").waitFor();
      // Nothing of the kind happens in the example company: all that the group hears are the tests.
      await dialog.getByLabel("已挂起").check();
      await dialog.getByLabel("已恢复").check();
      await dialog.getByLabel("令牌", { exact: true }).fill(token);
      assert.deepEqual(await violations(page), []);
      await dialog.getByRole("button", { name: "保存" }).click();
      await dialog.waitFor({ state: "detached" });
      await page.getByRole("cell", { name: "核心系统发布群" }).waitFor();
      await page.getByText("已挂起、已恢复").waitFor();

      await tryIt("已发送");
      assert.deepEqual(await violations(page), []);
      await dialog.getByRole("button", { name: "知道了" }).click();
      assert.equal(group.asked.at(-1).get("access_token"), token);
      assert.ok(group.asked.at(-1).get("sign"), "it is signed");

      // A token goes to no other address than the one that it was given for; left alone, it stays what it is.
      await page.getByRole("button", { name: "修改" }).click();
      assert.equal(await dialog.getByLabel("令牌", { exact: true }).inputValue(), "");
      await fill(dialog, { 服务器地址: "https://chat.example.cn" });
      await dialog.getByRole("button", { name: "保存" }).click();
      await dialog.locator("#credentials_help").getByText("缺少此字段").waitFor();
      await fill(dialog, { 名称: "发布群", 服务器地址: group.url });
      await dialog.getByLabel("已取消").check();
      await dialog.getByRole("button", { name: "保存" }).click();
      await dialog.waitFor({ state: "detached" });
      await page.getByText("已挂起、已恢复、已取消").waitFor();
      group.answer = { errcode: 310000, errmsg: "sign not match" };
      await tryIt("已搁置");
      await dialog.getByText("errcode 310000").waitFor();
      assert.equal(await dialog.getByText("sign not match").count(), 0, "the answer itself is shown to nobody");
      assert.deepEqual(
        group.asked.map((parameters) => parameters.get("access_token")),
        [token, token],
      );

      await dialog.getByRole("link", { name: "此机器人的全部消息" }).click();
      await page.waitForURL("**/admin/deliveries?robot_id=*");
      await page.getByText("只看同一机器人").waitFor();
      await settled(page);
      assert.deepEqual(await page.locator("tbody tr.ant-table-row td:nth-child(2)").allTextContents(), [
        "发布群",
        "核心系统发布群",
      ]);
      await page.goBack();

      await page.setViewportSize({ width: 375, height: 760 });
      await page.getByText("已挂起、已恢复、已取消").waitFor();
      assert.equal(await overflow(page), 0);
      assert.deepEqual(await violations(page), []);
      await page.getByRole("button", { name: "删除" }).click();
      await dialog.getByRole("button", { name: "删除" }).click();
      await page.getByText("还没有群机器人").waitFor();
      assert.deepEqual(page.complaints, []);
    },
  },
  {
    name: "a robot is offered exactly the messages that the API lets it say",
    run: async (browser) => {
      const page = await newPage(browser, await example());
      const ask = await asPerson(server, "zhao.min");
      const kinds = JSON.parse(readFileSync(description, "utf8")).components.schemas.NoticeKind.enum;
      const taken = [];
      for (const kind of kinds) {
        const body = { name: kind, maker: "wecom", language: "zh-CN", kinds: [kind], credentials: { token } };
        await ask("POST", "/robots", { body }).then(
          () => taken.push(kind),
          ({ message }) => assert.match(message, /"\/kinds".*field\.invalid|field\.invalid.*"\/kinds"/),
        );
      }
      await signIn(page, server, "zhao.min", "/admin/robots");
      await page.getByRole("button", { name: "新增群机器人" }).click();
      const offered = await page.locator("#kinds input").evaluateAll((boxes) => boxes.map(({ value }) => value));
      assert.ok(taken.length > 0 && taken.length < kinds.length);
      assert.deepEqual(offered.toSorted(), taken.toSorted());
    },
  },
];
