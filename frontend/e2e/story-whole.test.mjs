// One release from the change to its approved report, by the people of the procedure, each in their own browser.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { settled } from "./harness/browser.mjs";
import { goLivePlan, openWindow, releasePlan, releaseReport, testCases, testReport } from "./harness/contents.mjs";
import { enter, field, fill } from "./harness/controls.mjs";
import { exampleServer } from "./harness/server.mjs";
import {
  act,
  allAgree,
  dialogOf,
  events,
  finishTasks,
  logins,
  send,
  Story,
  submitDocument,
  vote,
  writeDocument,
} from "./harness/story.mjs";

const cast = {
  system: "网点柜面系统",
  names: {
    owner: "何文斌",
    administrator: "张伟",
    implementer: "郑凯",
    second: "吴刚",
    support: "林娜",
    secondSupport: "黄涛",
  },
};
const [owner, administrator, tester, implementer] = ["he.wenbin", "zhang.wei", "zhou.ting", "zheng.kai"];
const [configurationAdministrator, representative, changeManager] = ["feng.jing", "bai.xuefeng", "gao.ming"];

/** The file that is tested, approved and installed. */
const file = {
  name: "counter-3.2.1.zip",
  mimeType: "application/zip",
  buffer: Buffer.from("PK\u0005\u0006".padEnd(22, "\0"), "latin1"),
};
const sha256 = createHash("sha256").update(file.buffer).digest("hex");

async function changeIntake(story) {
  const page = await story.at(changeManager, "/changes");
  await page.getByRole("button", { name: "登记变更" }).click();
  await fill(dialogOf(page), {
    变更编号: "CHG-STORY-1",
    标题: "修复柜面交易重复提交",
    说明: "柜员连续点击时会产生两笔交易。",
    服务对象: [cast.system],
    申请人: "科技部",
  });
  await send(page, dialogOf(page), "登记");
  await page.waitForURL(/\/changes\/.+/);
  await settled(page);
  await page.getByRole("button", { name: "录入批准依据" }).click();
  await fill(dialogOf(page), {
    批准人: "变更委员会",
    批准记录: "变更委员会会议纪要 2026-11",
    影响分析: "影响网点柜面系统的全部柜员。",
    所需资源分析: "实施工程师一人，四小时。",
  });
  await send(page, dialogOf(page), "确认已批准");
}

/** The item that the release changes is registered by hand; its number cannot be typed into a plan before. */
async function newItem(story) {
  const page = await story.at(configurationAdministrator, "/configuration-items");
  await page.getByRole("button", { name: "新增配置项" }).click();
  await fill(dialogOf(page), {
    编号: "CI-柜面应用",
    名称: "柜面应用",
    类型: "软件",
    服务对象: cast.system,
    当前版本: "3.2.0",
    状态: "在用",
  });
  await send(page, dialogOf(page), "保存");
  await page.waitForURL(/\/configuration-items\/.+/);
  await page.getByRole("heading", { name: "CI-柜面应用 柜面应用" }).waitFor();
  await page.getByText("还没有发布更改过此配置项。").waitFor();
}

/** From the item to who changed it, when and under which approval, in three clicks (3.2). */
async function itemHistory(story) {
  const page = await story.at(configurationAdministrator, `/releases/${story.release}/configuration`);
  await page.getByRole("link", { name: "CI-柜面应用", exact: true }).first().click();
  await page.waitForURL(/\/configuration-items\/[^/]+$/);
  await page.getByRole("link", { name: story.release }).first().waitFor();
  await page.getByText("3.2.0 → 3.2.1").waitFor();
  await page.getByText(/部署：郑凯/).waitFor();
  await page.getByText(/确认：冯静/).waitFor();
  await page.getByRole("link", { name: "上线审批" }).click();
  await page.waitForURL("**/approvals/*");
  await settled(page);
}

async function newRelease(story) {
  const page = await story.at(administrator, "/releases");
  await page.getByRole("link", { name: "新建发布" }).first().click();
  await page.waitForURL("**/releases/new");
  await settled(page);
  const form = page.locator("form");
  await fill(form, { 执行的变更: ["CHG-STORY-1"] });
  const title = await form.getByLabel("发布标题").elementHandle();
  await page.waitForFunction((input) => input.value === "修复柜面交易重复提交", title);
  await fill(form, {
    发布负责人: cast.names.owner,
    发布管理员: cast.names.administrator,
    发布测试员: "周婷",
    发布实施人员: cast.names.implementer,
    配置管理员: "冯静",
    客户代表: "白雪峰",
  });
  await page.getByRole("button", { name: "建立发布" }).click();
  await page.waitForURL(/\/releases\/REL-/);
  await settled(page);
  story.release = new URL(page.url()).pathname.split("/").at(-1);
}

async function planning(story) {
  const window = openWindow();
  const page = await story.at(administrator, `/releases/${story.release}`);
  await act(page, "征求部门意见", { 征求意见的问题: "请就发布对本部门业务的影响提出意见" });
  await finishTasks(story, administrator, story.release, "plan_review");
  await story.at(administrator, `/releases/${story.release}/plan`);
  await writeDocument(page, releasePlan(cast, window));
  await page.reload();
  await settled(page);
  assert.equal(
    await field(page, "/staffing").inputValue(),
    releasePlan(cast, window).staffing,
    "what was written is there after a reload",
  );
  await submitDocument(page, "首次提交");
}

/** What is deployed, and what one would go back to, is checked in to the media library with its configuration item (9.2a, 5.2.4). */
async function checkIn(story) {
  const page = await story.at(configurationAdministrator, "/admin/media-library");
  for (const [version, hash] of [
    ["3.2.0", "0".repeat(64)],
    ["3.2.1", sha256],
  ]) {
    await page.getByRole("button", { name: "新增介质" }).click();
    await fill(dialogOf(page), {
      名称: "柜面应用",
      版本: version,
      种类: "应用软件",
      "SHA-256": hash,
      来源: "产品库",
      保管人: "冯静",
      存放位置: `/media/counter-${version}.tar.gz`,
      配置项编号: "CI-柜面应用",
    });
    await send(page, dialogOf(page), "保存");
  }
  const list = await story.at(configurationAdministrator, "/admin/media-library?q=柜面应用");
  for (const version of ["3.2.0", "3.2.1"]) await list.getByText(version, { exact: true }).first().waitFor();
}

async function unitsAndCases(story) {
  const page = await story.at(administrator, `/releases/${story.release}/testing`);
  await page.getByRole("button", { name: "登记发布单元" }).click();
  const dialog = dialogOf(page);
  await fill(dialog, { 名称: "柜面应用", 版本: "3.2.1", 种类: "应用程序", 来源: "产品库", 当前在用版本: "3.2.0" });
  await dialog.locator("input[type=file]").setInputFiles(file);
  await send(page, dialog, "登记发布单元");
  await page.getByText(`SHA-256 ${sha256}`).waitFor();
  for (const { category, ...test } of testCases) {
    await page.getByRole("button", { name: "增加测试用例" }).first().click();
    await fill(dialogOf(page), { 测试内容: category, 用例: test.title, 预期结果: test.expected });
    await send(page, dialogOf(page), "增加测试用例");
  }
}

/** The heads of the two departments answer; the first round one of them sends the plan back. */
async function review(story) {
  const page = await story.at(administrator, `/releases/${story.release}`);
  await act(page, "召集方案评审", { 评审地点或方式: "线上会签" });
  await vote(story, "yang.fan", story.release, "发布方案评审", "通过");
  await vote(story, "xu.hai", story.release, "发布方案评审", "退回", { comment: "回退判断条件不明确，请补充" });
  await story.at(administrator, `/releases/${story.release}/plan`);
  await enter(field(page, "/rollback/criteria"), "柜面启动失败，或主要业务30分钟内不能恢复时回退。");
  await page.getByText("已保存", { exact: true }).waitFor({ timeout: 20_000 });
  await settled(page);
  await submitDocument(page, "明确回退判断条件");
  await page.getByRole("button", { name: "与第 1 版比较" }).first().click();
  await page.locator(".ant-drawer ins").getByText("30").first().waitFor();
  await act(await story.at(administrator, `/releases/${story.release}`), "召集方案评审");
  await passReview(story);
}

async function passReview(story) {
  await allAgree(story, administrator, story.release, "plan_review", "发布方案评审");
  await vote(story, owner, story.release, "发布方案审批", "通过");
}

const failedTestRound = (story) => testRound(story, false);
const goodTestRound = (story) => testRound(story, true);

async function testRound(story, passes) {
  const page = await story.at(tester, `/releases/${story.release}/testing`);
  for (const { title } of testCases) {
    const row = page.locator(".fabu-row").filter({ hasText: title }).last();
    await row.getByRole("button", { name: "记录测试" }).click();
    const dialog = dialogOf(page);
    const isFound = !passes && title === testCases[0].title;
    await fill(dialog, {
      结果: isFound ? "未通过" : "通过",
      实际情况: isFound ? "产生了两笔交易" : "与预期一致",
    });
    await dialog
      .locator("input[type=file]")
      .last()
      .setInputFiles({ name: "记录.txt", mimeType: "text/plain", buffer: Buffer.from("测试记录") });
    await dialog.getByText("记录.txt").waitFor();
    await send(page, dialog, "记录测试");
  }
  await writeDocument(page, testReport(cast, passes));
  await submitDocument(page, passes ? "第二轮测试通过" : "第一轮测试");
}

/** After a failed round the plan is revised: the way to the next test leads through its review again (5.4c). */
async function planAgain(story) {
  const page = await story.at(administrator, `/releases/${story.release}/plan`);
  await enter(field(page, "/impact"), "发布期间网点柜面暂停服务，完成后恢复；重复提交由服务端去重。");
  await page.getByText("已保存", { exact: true }).waitFor({ timeout: 20_000 });
  await settled(page);
  await submitDocument(page, "修复测试发现的缺陷");
  await act(await story.at(administrator, `/releases/${story.release}`), "召集方案评审");
  await passReview(story);
}

async function acceptance(story) {
  await act(await story.at(administrator, `/releases/${story.release}`), "接收测试报告");
  await vote(story, representative, story.release, "客户验收", "通过");
}

/** The window that the release plan has fixed. */
async function windowOf(story) {
  const { window } = await story.ask(administrator, `/releases/${story.release}`);
  return { start: new Date(window.start), end: new Date(window.end) };
}

/** People of this release work for another one at the same time: each such conflict is kept with a reason (5.5.4). */
async function giveReasons(page) {
  await page.reload();
  await settled(page);
  const reasons = page.getByPlaceholder("保留此时间的理由");
  await reasons.first().waitFor();
  for (const reason of await reasons.all()) await reason.fill("两个发布由不同班次先后实施，互不影响。");
  await page.getByText("已保存", { exact: true }).waitFor({ timeout: 20_000 });
  await settled(page);
}

async function goLive(story) {
  const page = await story.at(administrator, `/releases/${story.release}/go-live`);
  await writeDocument(page, goLivePlan(cast, await windowOf(story)));
  await giveReasons(page);
  await submitDocument(page, "首次提交");
  await finishTasks(story, administrator, story.release, "go_live_approval");
  await act(await story.at(administrator, `/releases/${story.release}`), "召集上线审批");
  await allAgree(story, administrator, story.release, "go_live_approval", "上线审批");
}

async function readiness(story) {
  const page = await story.at(configurationAdministrator, `/releases/${story.release}/configuration`);
  await act(page, "记录基线");
  await finishTasks(story, administrator, story.release, "deployment_start");
}

/** The console: both phases, each confirmed by everybody concerned before the next (5.8). */
async function deployment(story) {
  const page = await story.at(implementer, `/releases/${story.release}/run`);
  await page.getByRole("button", { name: "开始部署" }).click();
  const dialog = dialogOf(page);
  await dialog.locator("input[type=file]").setInputFiles(file);
  await dialog.getByText("与登记一致").waitFor();
  await fill(dialog, { 开始前检查: "备份已验证，人员到位，版本一致，无封网" });
  await dialog.getByRole("checkbox").check();
  await send(page, dialog, "开始部署");
  for (const steps of [3, 1]) {
    for (let n = 0; n < steps; n += 1) {
      const card = page.locator(".fabu-next-step");
      await card.getByRole("button", { name: "开始此步骤" }).click();
      await card.getByRole("button", { name: "完成", exact: true }).click();
      await settled(page);
    }
    await page.getByRole("button", { name: "提请确认部署结果" }).click();
    await fill(dialogOf(page), { 请一并确认的其他干系人: [cast.names.support] });
    await send(page, dialogOf(page), "提请确认部署结果");
    await allAgree(story, administrator, story.release, "deployment_confirmation", "部署结果确认");
    await story.at(implementer, `/releases/${story.release}/run`);
  }
  const verdict = await story.at(administrator, `/releases/${story.release}/run`);
  await act(verdict, "判定部署结果", { 部署结果: "成功", 理由: "各方已确认部署结果" });
}

async function closure(story) {
  await act(await story.at(implementer, `/releases/${story.release}/configuration`), "通知配置管理员", {
    说明: "部署完成",
  });
  const page = await story.at(configurationAdministrator, `/releases/${story.release}/configuration`);
  // The expected version stands there.
  await act(page, "确认配置已更新", { 最终软件库位置: "产品库/3.2.1" });
  await itemHistory(story);
  await finishTasks(story, administrator, story.release, "closure");
  await act(await story.at(implementer, `/releases/${story.release}`), "关闭发布", {
    关闭说明: "发布完成，资料已归档",
  });
  const report = await story.at(administrator, `/releases/${story.release}/closure`);
  await writeDocument(report, releaseReport);
  await submitDocument(report, "首次提交");
  await vote(story, owner, story.release, "发布报告审批", "通过");
}

/** The log says what the browsers did: every step of the procedure in its order, each by the person whose step it is. */
async function assertChain(story) {
  const chain = await events(story, administrator, story.release);
  const people = await logins(story);
  const of = (kind) => chain.filter((event) => event.kind === kind);
  assert.deepEqual(
    of("release.stage_changed").map(({ payload }) => payload.to),
    [
      ...["plan_review", "planning", "plan_review", "testing", "planning", "plan_review", "testing", "acceptance"],
      ...["go_live_planning", "go_live_approval", "readiness", "deployment", "configuration_update", "closure"],
      ...["closed", "completed"],
    ],
  );
  for (const [kind, ...actors] of [
    ["release.created", administrator],
    ["test_report.received", administrator],
    ["configuration_change.baselined", configurationAdministrator],
    ["deployment.started", implementer],
    ["deployment.phase_completed", implementer, implementer],
    ["release.verdict_recorded", administrator],
    ["configuration_change.requested", implementer],
    ["configuration_change.confirmed", configurationAdministrator],
    ["release.closed", implementer],
  ]) {
    assert.deepEqual(
      of(kind).map(({ actor }) => people.get(actor)),
      actors,
      kind,
    );
  }
  assert.equal(of("test_run.recorded").length, 2 * testCases.length);
  assert.equal(of("run_sheet.entry_recorded").length, 4);
  const returned = of("approval.decided").filter(({ payload }) => payload.state === "returned");
  assert.equal(returned.length, 1, "one review was returned");
}

/** What happens one after the other; each finds what the one before has left. */
export const steps = [
  changeIntake,
  newItem,
  newRelease,
  planning,
  checkIn,
  unitsAndCases,
  review,
  failedTestRound,
  planAgain,
  goodTestRound,
  acceptance,
  goLive,
  readiness,
  deployment,
  closure,
];

export default [
  {
    name: "takes one release from the change to its approved report",
    run: async (browser) => {
      const story = new Story(browser, await exampleServer());
      for (const step of steps) {
        await step(story);
        story.assertNoComplaints();
      }
      const { stage, verdict } = await story.ask(administrator, `/releases/${story.release}`);
      assert.deepEqual([stage.code, verdict.verdict], ["completed", "successful"]);
      await assertChain(story);
    },
  },
];
