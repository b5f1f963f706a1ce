// Without a mouse: Tab, Enter, Space and letters only. The focus is always to be seen, and a dialog gives it back.
import assert from "node:assert/strict";
import { newPage, settled, signIn } from "./harness/browser.mjs";
import { filled } from "./harness/places.mjs";
import { exampleServer } from "./harness/server.mjs";

let server;
const example = async () => (server ??= await exampleServer());

/** What has the focus: its role and name, and whether a ring or a shadow shows it. */
function focused(page) {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (at === null || at === document.body) return { name: "", isSeen: false, isInDialog: false };
    const rings = [at, ...at.querySelectorAll("*"), at.parentElement, at.parentElement?.parentElement];
    const isSeen = rings.some((element) => {
      if (element === null || element === undefined) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
    });
    // Something else lies over the middle of it: a bar at the edge, a dialog, a console.
    const { x, y, width, height } = at.getBoundingClientRect();
    const above = document.elementFromPoint(x + width / 2, y + height / 2);
    const isCovered = above !== null && width > 1 && !at.contains(above) && !above.contains(at);
    const label = at.getAttribute("aria-label") ?? at.labels?.[0]?.innerText ?? at.innerText ?? "";
    return {
      name: label.trim(),
      isSeen,
      isCovered,
      isInDialog: at.closest(".ant-modal") !== null,
      html: at.outerHTML.slice(0, 200),
    };
  });
}

/** Goes on with Tab until the focus is at what bears this name; every stop on the way must be seen. */
async function tabTo(page, name) {
  const seen = [];
  for (let n = 0; n < 120; n += 1) {
    await page.keyboard.press("Tab");
    const at = await focused(page);
    if (at.html !== undefined) assert.ok(at.isSeen && !at.isCovered, `the focus is not to be seen at ${at.html}`);
    seen.push(at.name);
    if (at.name === name) return at;
  }
  throw new Error(`Tab does not reach ${name}; it passes ${seen.join(" | ")}`);
}

/** The focus comes back to the button of this name. */
async function assertFocus(page, name) {
  await page.waitForFunction((wanted) => {
    const at = document.activeElement;
    return at?.tagName === "BUTTON" && at.textContent.trim() === wanted;
  }, name);
}

export default [
  {
    name: "signs in",
    run: async (browser) => {
      const page = await newPage(browser, await example());
      await page.goto("/login");
      await settled(page);
      if ((await focused(page)).name !== "用户名") await tabTo(page, "用户名");
      await page.keyboard.type("xu.hai");
      await tabTo(page, "密码");
      await page.keyboard.type(server.password);
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.pathname === "/");
      await settled(page);
      await tabTo(page, "跳到正文");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "待我处理" }).waitFor();
      assert.deepEqual(page.complaints, []);
    },
  },
  {
    name: "answers an approval; left with Escape, the dialog gives the focus back",
    run: async (browser) => {
      const page = await newPage(browser, await example());
      await signIn(page, server, "xu.hai");
      await tabTo(page, "去审批");
      await page.keyboard.press("Enter");
      await page.waitForURL("**/approvals/*");
      await settled(page);
      await tabTo(page, "通过");
      await page.keyboard.press("Enter");
      await page.getByRole("dialog").waitFor();
      assert.ok((await tabTo(page, "意见")).isInDialog);
      await page.keyboard.type("方案完整");
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "hidden" });
      await assertFocus(page, "通过");
      await page.keyboard.press("Space");
      await page.getByRole("dialog").waitFor();
      await tabTo(page, "我已核对以上内容，确认对此重大发布作出决定");
      await page.keyboard.press("Space");
      assert.ok((await tabTo(page, "提交：通过")).isInDialog);
      await page.keyboard.press("Enter");
      await page.getByRole("dialog").waitFor({ state: "hidden" });
      await page.getByRole("button", { name: "更改我的答复" }).waitFor();
      assert.deepEqual(page.complaints, []);
    },
  },
  {
    name: "carries out a step of the run sheet and notes a deviation",
    run: async (browser) => {
      await example();
      const page = await newPage(browser, server);
      await signIn(page, server, "wu.gang", await filled(server, "wu.gang", "/releases/{deployment}/run"));
      await tabTo(page, "开始此步骤");
      await page.keyboard.press("Space");
      await tabTo(page, "完成但有偏离");
      await page.keyboard.press("Enter");
      await page.getByRole("dialog").waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "hidden" });
      await assertFocus(page, "完成但有偏离");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.activeElement?.closest(".ant-modal textarea") != null);
      await page.keyboard.type("比计划多用了五分钟");
      await tabTo(page, "记录");
      await page.keyboard.press("Enter");
      await page.getByRole("dialog").waitFor({ state: "hidden" });
      await page.getByText("比计划多用了五分钟").first().waitFor();
      await page.waitForFunction(() => document.activeElement?.closest(".ant-card") != null);
      await tabTo(page, "提请确认部署结果");
      assert.deepEqual(page.complaints, []);
    },
  },
];
