// Every registered page, looked at: no violation of WCAG 2.1 AA in light and dark and in both languages, no report of the
// security policy, nothing wider than a phone. FABU_SCREENSHOTS names the folder to which pictures of all of them go.
// FABU_PAGES=/reports,/me looks only at the pages whose route begins with one of these.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { newPage, overflow, settled, signIn, violations } from "./harness/browser.mjs";
import { filled } from "./harness/places.mjs";
import { exampleServer } from "./harness/server.mjs";

const features = fileURLToPath(new URL("../src/features", import.meta.url));
const pictures = process.env.FABU_SCREENSHOTS;

/**
 * Each feature's `pages.json`: { path, at, as, look }: the route, an address of it, who looks (nobody: not signed in), and
 * what the picture is called besides, where a route is looked at twice.
 */
const wanted = (process.env.FABU_PAGES ?? "/").split(",");
const registered = readdirSync(features)
  .flatMap((name) =>
    JSON.parse(readFileSync(join(features, name, "pages.json"), "utf8")).map((page) => ({ feature: name, ...page })),
  )
  .filter(({ path }) => wanted.some((start) => path.startsWith(start)));

/** In each of these every page is looked at; both languages and both schemes occur, on a desk and on a phone. */
const looks = [
  { language: "zh-CN", scheme: "light", width: 1280 },
  { language: "en-US", scheme: "dark", width: 1280 },
  { language: "zh-CN", scheme: "dark", width: 375 },
  { language: "en-US", scheme: "light", width: 375 },
];

const people = [...new Set(registered.map(({ as }) => as ?? "nobody"))];
let server;

export default looks.flatMap((look) =>
  people.map((person) => ({
    name: `${look.language} ${look.scheme} ${look.width} px, as ${person}`,
    run: async (browser) => {
      server ??= await exampleServer();
      if (pictures !== undefined) mkdirSync(pictures, { recursive: true });
      const page = await newPage(browser, server, look);
      if (person !== "nobody") await signIn(page, server, person);
      const wrong = [];
      for (const { path, at, feature, look: shown } of registered.filter(({ as }) => (as ?? "nobody") === person)) {
        const address = person === "nobody" ? (at ?? path) : await filled(server, person, at ?? path);
        await page.goto(address);
        await settled(page);
        if (pictures !== undefined) {
          const name = `${feature}${path.replaceAll(/[/:]+/g, "-").replace(/-$/, "")}${shown ? `-${shown}` : ""}`;
          const file = `${name}.${look.language}.${look.scheme}.${look.width}.png`;
          await page.screenshot({ path: join(pictures, file), fullPage: true });
        }
        for (const violation of await violations(page)) wrong.push(`${address}: ${violation}`);
        const wider = await overflow(page);
        if (wider > 0) wrong.push(`${address}: ${wider} px wider than the window`);
        for (const complaint of page.complaints.splice(0)) wrong.push(`${address}: ${complaint}`);
      }
      assert.deepEqual(wrong, [], wrong.join("\n"));
    },
  })),
);
