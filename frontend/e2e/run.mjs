// Runs the browser tests: every `*.test.mjs` beside this file exports a list of { name, run }.
// `node e2e/run.mjs WORD` runs those whose file or name contains the word. The last line is the sum.
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./harness/browser.mjs";
import { cleanUp, isBuilt } from "./harness/server.mjs";

const word = process.argv[2] ?? "";
const pictures = process.env.FABU_SCREENSHOTS ?? fileURLToPath(new URL("../dist/screenshots", import.meta.url));
const folder = fileURLToPath(new URL(".", import.meta.url));
let passed = 0;
let failed = 0;

if (!isBuilt()) {
  console.log("there is no program to test: build it with `cargo build`, or name it in FABU_TEST_BINARY");
  process.exit(1);
}
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    cleanUp();
    process.exit(1);
  });
}

/** What every open page shows when a test has failed. */
async function takePictures(browser) {
  mkdirSync(pictures, { recursive: true });
  const pages = browser.contexts().flatMap((context) => context.pages());
  for (const [n, page] of pages.entries()) {
    const path = join(pictures, `failed-${n}.png`);
    await page.screenshot({ path, fullPage: true });
    console.log(`${page.url()}: ${path}`);
  }
}

const browser = await launch();
try {
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith(".test.mjs"))
    .sort()) {
    const { default: list } = await import(new URL(file, import.meta.url));
    const tests = typeof list === "function" ? await list() : list;
    for (const { name, run } of tests.filter(({ name }) => `${file} ${name}`.includes(word))) {
      const begin = Date.now();
      try {
        await run(browser);
        passed += 1;
        console.log(`ok ${file}: ${name} (${((Date.now() - begin) / 1000).toFixed(1)} s)`);
      } catch (error) {
        failed += 1;
        console.log(`FAILED ${file}: ${name}\n${error instanceof Error ? error.stack : String(error)}`);
        await takePictures(browser);
      }
      for (const context of browser.contexts()) await context.close();
    }
  }
} finally {
  await browser.close();
  cleanUp();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
