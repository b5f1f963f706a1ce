// Pictures for the README, taken from the example company: `node e2e/pictures.mjs` writes them to docs/images.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch, newPage, settled, signIn } from "./harness/browser.mjs";
import { filled } from "./harness/places.mjs";
import { cleanUp, exampleServer } from "./harness/server.mjs";

const folder = fileURLToPath(new URL("../../docs/images", import.meta.url));

/** What is shown, who looks, and how; `drawn` is what comes last. */
const pictures = [
  { name: "workbench", as: "zhang.wei", at: "/", look: { width: 1280 } },
  { name: "release", as: "zhang.wei", at: "/releases/{readiness}", look: { width: 1280 } },
  { name: "approval", as: "xu.hai", at: "/approvals/{approval}", look: { width: 1280 } },
  { name: "console", as: "wu.gang", at: "/releases/{deployment}/run", look: { width: 1280, scheme: "dark" } },
  { name: "reports", as: "wang.zhiyuan", at: "/reports", look: { width: 1280, language: "en-US" }, drawn: "svg text" },
  { name: "phone", as: "wu.gang", at: "/releases/{deployment}/run", look: { width: 375 } },
];

mkdirSync(folder, { recursive: true });
const browser = await launch();
try {
  const server = await exampleServer();
  for (const { name, as, at, look, drawn } of pictures) {
    const page = await newPage(browser, server, look);
    await signIn(page, server, as, await filled(server, as, at));
    await settled(page);
    if (drawn) await page.locator(drawn).first().waitFor();
    await page.screenshot({ path: join(folder, `${name}.png`) });
    await page.context().close();
    console.log(`${name}.png`);
  }
} finally {
  await browser.close();
  cleanUp();
}
