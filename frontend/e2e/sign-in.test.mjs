import assert from "node:assert/strict";
import { asPerson } from "./harness/api.mjs";
import { newPage, overflow, settled, signIn, violations } from "./harness/browser.mjs";
import { emptyServer, exampleServer } from "./harness/server.mjs";

let server;
const example = async () => (server ??= await exampleServer());

/** Nothing that axe finds wrong, light and dark, on a desk and on a phone: of a page that is seen only once. */
async function assertReadable(page) {
  await settled(page);
  for (const [colorScheme, width] of [
    ["light", 1280],
    ["dark", 375],
  ]) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 860 });
    await settled(page);
    assert.deepEqual(await violations(page), [], `${page.url()} ${colorScheme}`);
    assert.equal(await overflow(page), 0);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 860 });
}

export default [
  {
    name: "signs in, sees what waits, opens the releases and one page further",
    run: async (browser) => {
      const page = await newPage(browser, await example());
      await signIn(page, server, "zhang.wei");
      await page.getByRole("heading", { name: "待我处理" }).waitFor();
      assert.ok((await page.getByText("去完成").count()) > 0, "tasks wait for the release administrator");
      await page.getByRole("navigation", { name: "主菜单" }).getByRole("link", { name: "发布单" }).click();
      await page.getByRole("link", { name: "REL-2026-0018" }).waitFor();
      assert.deepEqual(page.complaints, []);
    },
  },
  {
    name: "comes back to the address that was asked for, with its filters",
    run: async (browser) => {
      const page = await newPage(browser, await example());
      await signIn(page, server, "zhang.wei", "/releases?stage=testing");
      await page.getByRole("link", { name: "REL-2026-0016" }).waitFor();
      assert.equal(await page.getByRole("link", { name: "REL-2026-0018" }).count(), 0);
    },
  },
  {
    name: "stays signed in over a reload, and not after signing out",
    run: async (browser) => {
      const page = await newPage(browser, await example());
      await signIn(page, server, "zhang.wei");
      await page.reload();
      await page.getByRole("heading", { name: "待我处理" }).waitFor();
      await page.getByRole("button", { name: "我的账号" }).click();
      await page.getByRole("menuitem", { name: "退出登录" }).click();
      await page.waitForURL("**/login");
      await page.goto("/releases");
      await page.waitForURL("**/login?to=%2Freleases");
    },
  },
  {
    // The other tests end with no complaints: this one shows that there would be some.
    name: "hears of what the security policy forbids, and of an error",
    run: async (browser) => {
      const page = await newPage(browser, await example());
      await page.goto("/login");
      await settled(page);
      assert.deepEqual(page.complaints, []);
      const thrown = page.waitForEvent("pageerror");
      await page.evaluate(() => {
        const script = document.createElement("script");
        script.textContent = "window.fabuForbidden = true";
        document.body.append(script);
        setTimeout(() => {
          throw new Error("thrown for the test");
        });
      });
      await thrown;
      assert.equal(await page.evaluate(() => window.fabuForbidden), undefined);
      assert.ok(page.complaints.some((complaint) => complaint.includes("script-src")));
      assert.ok(page.complaints.some((complaint) => complaint.includes("thrown for the test")));
    },
  },
  {
    name: "says what is wrong with a password and keeps the login",
    run: async (browser) => {
      const page = await newPage(browser, await example(), { language: "en-US" });
      await page.goto("/login");
      await page.getByLabel("Login").fill("zhang.wei");
      await page.getByLabel("Password").fill("something else entirely");
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("alert").getByText("the login or the password is wrong").waitFor();
      assert.equal(await page.getByLabel("Login").inputValue(), "zhang.wei");
    },
  },
  {
    name: "sets up an empty system: its first administrator, a department, and the rest later",
    run: async (browser) => {
      const empty = await emptyServer();
      const page = await newPage(browser, empty);
      await page.goto("/releases");
      await page.waitForURL("**/setup");
      await assertReadable(page);
      await page.getByLabel("姓名").fill("赵敏");
      await page.getByLabel("用户名").fill("zhao.min");
      await page.getByLabel("密码").fill("short");
      await page.getByRole("button", { name: "创建并登录" }).click();
      await page.locator(".ant-form-item-explain-error").first().waitFor();
      await page.getByLabel("密码").fill("copper-violin-27-harbour");
      await page.getByLabel("初始设置令牌").fill("000000-000000-000000-000000");
      await page.getByRole("button", { name: "创建并登录" }).click();
      await page.getByRole("alert").getByText("初始设置令牌不对").waitFor();
      // The link that the program printed fills it in.
      await page.goto(`/setup#token=${empty.setUpToken}`);
      await page.reload();
      await page.getByLabel("姓名").fill("赵敏");
      await page.getByLabel("用户名").fill("zhao.min");
      await page.getByLabel("密码").fill("copper-violin-27-harbour");
      await page.getByRole("button", { name: "创建并登录" }).click();
      await page.waitForURL("**/admin/setup");
      await settled(page);
      await page.getByRole("button", { name: "我的账号 赵敏" }).waitFor();
      await page.getByRole("button", { name: "新增部门" }).click();
      await page.getByRole("dialog").getByLabel("部门名称").fill("运维部");
      await page.getByRole("dialog").getByRole("button", { name: "保存" }).click();
      await page.getByRole("listitem").getByText("运维部").waitFor();
      await page.getByRole("button", { name: "下一步" }).click();
      await page.getByRole("button", { name: "新增用户" }).waitFor();
      await page.getByRole("link", { name: "以后再设置" }).click();
      await page.waitForURL((url) => url.pathname === "/");
      assert.deepEqual(page.complaints, []);
    },
  },
  {
    name: "whoever has a first password chooses another before anything else",
    run: async (browser) => {
      await example();
      const administrator = await asPerson(server, "zhao.min");
      const person = { login: "tian.yu", name: "田雨", language: "zh-CN", roles: [] };
      const { one_time_password: first } = await administrator("POST", "/users", { body: person });
      const page = await newPage(browser, server);
      await page.goto("/releases");
      await page.getByLabel("用户名").fill("tian.yu");
      await page.getByLabel("密码").fill(first);
      await page.getByRole("button", { name: "登录" }).click();
      await page.waitForURL("**/password");
      await page.getByText("您使用的是一次性密码").waitFor();
      await assertReadable(page);
      await page.goto("/releases");
      await page.waitForURL("**/password");
      await page.getByLabel("当前密码").fill(first);
      await page.getByLabel("新密码", { exact: true }).fill("copper-violin-27-harbour");
      await page.getByLabel("再次输入新密码").fill("copper-violin-27-harbour");
      await page.getByRole("button", { name: "保存新密码" }).click();
      await page.getByRole("button", { name: "我的账号 田雨" }).waitFor();
      assert.deepEqual(page.complaints, []);
    },
  },
];
