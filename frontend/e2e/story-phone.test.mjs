// What people do standing, with a phone in the hand: answer, acknowledge, carry out a step. Nothing is wider than the screen.
import assert from "node:assert/strict";
import { overflow, settled } from "./harness/browser.mjs";
import { filled } from "./harness/places.mjs";
import { exampleServer } from "./harness/server.mjs";
import { act, allAgree, dialogOf, logins, Story, waitingLine } from "./harness/story.mjs";

let server;
const phone = async (browser) => new Story(browser, (server ??= await exampleServer()), { width: 375 });

const fits = async (page, where) => assert.equal(await overflow(page), 0, where);

export default [
  {
    name: "approves a go-live plan",
    run: async (browser) => {
      const story = await phone(browser);
      const release = await filled(server, "zhang.wei", "{go_live_approval}");
      await allAgree(story, "zhang.wei", release, "go_live_approval", "上线审批", {
        look: (page) => fits(page, "the approval"),
      });
      const { stage } = await story.ask("zhang.wei", `/releases/${release}`);
      assert.equal(stage.code, "readiness");
      story.assertNoComplaints();
    },
  },
  {
    name: "acknowledges a duty from the workbench",
    run: async (browser) => {
      const story = await phone(browser);
      const release = await filled(server, "zhang.wei", "{readiness}");
      const people = await logins(story);
      const { tasks } = await story.ask("zhang.wei", `/releases/${release}`);
      const task = tasks.find(({ kind, state }) => kind === "duty_acknowledgement" && state === "open");
      const page = await story.at(people.get(task.assignee.id), "/");
      await fits(page, "the workbench");
      await waitingLine(page, release, task.title).getByRole("link", { name: "去完成" }).click();
      await page.waitForURL("**/tasks/*");
      await settled(page);
      await page.getByRole("button", { name: "完成任务" }).click();
      await dialogOf(page).waitFor();
      await fits(page, "the dialog");
      await dialogOf(page).getByRole("button", { name: "取消" }).click();
      await act(page, "完成任务", { 完成情况: "我负责现场指挥，22:00 前到位。" });
      await page.getByText("我负责现场指挥，22:00 前到位。").waitFor();
      await fits(page, "the task");
      story.assertNoComplaints();
    },
  },
  {
    name: "carries out a step at the console, with its buttons within reach of a thumb",
    run: async (browser) => {
      const story = await phone(browser);
      const release = await filled(server, "wu.gang", "{deployment}");
      const page = await story.at("wu.gang", `/releases/${release}/run`);
      await fits(page, "the console");
      const card = page.locator(".fabu-next-step");
      const title = await card.locator("strong").innerText();
      const { width, height } = await card.getByRole("button", { name: "完成", exact: true }).boundingBox();
      assert.ok(width >= 44 && height >= 44, `${width} × ${height}`);
      await card.getByRole("button", { name: "开始此步骤" }).click();
      await card.getByRole("button", { name: "完成", exact: true }).click();
      await settled(page);
      const sheet = await story.ask("wu.gang", `/releases/${release}/run-sheet`);
      assert.equal(sheet.steps.find((step) => step.title === title).result, "done");
      await fits(page, "the console afterwards");
      story.assertNoComplaints();
    },
  },
];
