// Below a path of another host's, behind a proxy that names another host than people use: the pages, their parts, the session over
// a reload, and links.
import assert from "node:assert/strict";
import { newPage, settled } from "./harness/browser.mjs";
import { proxiedServer } from "./harness/server.mjs";

export default [true, false].map((strips) => ({
  name: `everything works below a path, ${strips ? "taken away by the proxy" : "which the proxy leaves"}`,
  run: async (browser) => {
    const server = await proxiedServer({ strips });
    const page = await newPage(browser, server);
    const strays = [];
    page.on("request", (request) => {
      const { origin, pathname } = new URL(request.url());
      if (origin === server.url && !pathname.startsWith(`${server.base}/`)) strays.push(pathname);
    });
    await page.goto(`${server.base}/releases?stage=testing`);
    await page.waitForURL(`**${server.base}/login?to=*`);
    await page.fill("input[autocomplete=username]", "zhang.wei");
    await page.fill("input[autocomplete=current-password]", server.password);
    await page.click("button[type=submit]");
    await page.waitForURL(`**${server.base}/releases?stage=testing`);
    await page.getByRole("link", { name: "REL-2026-0016" }).click();
    await page.waitForURL(`**${server.base}/releases/REL-2026-0016`);
    await settled(page);
    // The page of a release, loaded anew: its files are found from a deep address, and the session is renewed.
    await page.reload();
    await settled(page);
    assert.equal(new URL(page.url()).pathname, `${server.base}/releases/REL-2026-0016`);
    await page.getByRole("navigation", { name: "主菜单" }).getByRole("link", { name: "工作台" }).click();
    await page.getByRole("heading", { name: "待我处理" }).waitFor();
    assert.equal(new URL(page.url()).pathname.replace(/\/$/, ""), server.base);
    const cookie = (await page.context().cookies()).find(({ name }) => name === "fabu_refresh");
    assert.equal(cookie?.path, `${server.base}/api/v1/auth`);
    await page.goto(`${server.base}/api/docs/`);
    await page.getByText("Fabu (发布)").waitFor();
    assert.deepEqual(strays, []);
    assert.deepEqual(page.complaints, []);
    await server.stop();
  },
}));
