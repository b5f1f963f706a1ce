// A deployment that fails: back by the five groups of 5.2 from the console, its verdict, and the review that it owes (3.5).
import assert from "node:assert/strict";
import { fill } from "./harness/controls.mjs";
import { filled } from "./harness/places.mjs";
import { exampleServer } from "./harness/server.mjs";
import {
  act,
  completeTask,
  dialogOf,
  events,
  logins,
  send,
  Story,
  submitDocument,
  waitingLine,
  writeDocument,
} from "./harness/story.mjs";
import { settled } from "./harness/browser.mjs";
import { typed } from "./harness/contents.mjs";

const [owner, administrator, implementer] = ["chen.xiaoyan", "liu.fang", "wu.gang"];
const groups = 5;

export default [
  {
    name: "rolls a release back from the console, judges it, and reviews why it failed",
    run: async (browser) => {
      const server = await exampleServer();
      const story = new Story(browser, server);
      const release = await filled(server, implementer, "{deployment}");

      const page = await story.at(implementer, `/releases/${release}/run`);
      await page.locator(".fabu-next-step").getByRole("button", { name: "失败", exact: true }).click();
      await fill(dialogOf(page), { 情况说明: "主要业务30分钟内未恢复" });
      await send(page, dialogOf(page), "记录");
      await page.getByText("主要业务30分钟内未恢复").first().waitFor();

      const deciding = await story.at(owner, `/releases/${release}/run`);
      await act(deciding, "启动回退", { 依据: "主要业务30分钟内未恢复，达到回退条件" });
      await deciding.getByText("正在回退：陈晓燕").waitFor();

      // The implementer's page hears of it by itself.
      await page.getByText("正在回退：陈晓燕").waitFor({ timeout: 15_000 });
      for (let n = 0; n < groups; n += 1) {
        const card = page.locator(".fabu-next-step");
        await card.getByRole("button", { name: "开始此步骤" }).click();
        await card.getByRole("button", { name: "完成", exact: true }).click();
        await settled(page);
      }
      await page.locator(".fabu-next-step").waitFor({ state: "detached" });

      const people = await logins(story);
      const { tasks } = await story.ask(administrator, `/releases/${release}`);
      const notices = tasks.filter(({ blocks, state }) => blocks === "rollback_verdict" && state === "open");
      assert.ok(notices.length > 0, "neighbouring systems are to be told (5.2.5)");
      for (const { id, assignee } of notices) {
        await completeTask(story, { id, login: people.get(assignee.id) }, "对方已答复：收到");
      }
      await act(await story.at(administrator, `/releases/${release}/run`), "判定部署结果", {
        部署结果: "已回退",
        理由: "已按回退方案恢复到部署前状态",
      });

      const desk = await story.at(owner, "/");
      await waitingLine(desk, release, "失败发布回顾").getByRole("link", { name: "去完成" }).click();
      await desk.waitForURL("**/tasks/*");
      await settled(desk);
      const review = await story.at(owner, `/releases/${release}/closure`);
      await writeDocument(review, {
        cause: "新版本连接池参数与生产数据库上限不一致，启动后连接耗尽",
        why_not_prevented: "测试环境的数据库上限高于生产，差异未列入环境对照表",
        actions: [
          {
            action: "把数据库连接上限加入环境对照表",
            owner: "孙磊",
            due: typed(new Date(Date.now() + 14 * 86_400_000)).slice(0, 10),
          },
        ],
      });
      await submitDocument(review, "首次提交");
      await waitingLine(await story.at("sun.lei", "/"), release, "把数据库连接上限加入环境对照表").waitFor();

      const { stage, verdict } = await story.ask(administrator, `/releases/${release}`);
      assert.deepEqual([verdict.verdict, stage.code], ["rolled_back", "configuration_update"]);
      const started = (await events(story, administrator, release)).filter(
        ({ kind }) => kind === "deployment.rollback_started",
      );
      assert.deepEqual(
        started.map(({ actor }) => people.get(actor)),
        [owner],
        "the owner decided to go back",
      );
      story.assertNoComplaints();
    },
  },
];
