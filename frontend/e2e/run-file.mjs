// Runs the browser tests of one file, a list of { name, run }: `node e2e/run-file.mjs FILE WORD`. The last line is the sum.
import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./harness/browser.mjs";
import { cleanUp } from "./harness/server.mjs";

const [, , file, word = ""] = process.argv;
const pictures = process.env.FABU_SCREENSHOTS ?? fileURLToPath(new URL("../dist/screenshots", import.meta.url));
let passed = 0;
let failed = 0;

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
    const path = join(pictures, `failed-${basename(file, ".test.mjs")}-${n}.png`);
    await page.screenshot({ path, fullPage: true });
    console.log(`${page.url()}: ${path}`);
  }
}

const { default: tests } = await import(new URL(file, import.meta.url));
const chosen = tests.filter(({ name }) => `${file} ${name}`.includes(word));
const browser = chosen.length === 0 ? undefined : await launch();
try {
  for (const { name, run } of chosen) {
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
} finally {
  await browser?.close();
  cleanUp();
}
console.log(`${passed} passed, ${failed} failed`);
// Whatever a failed test has left open ends here.
process.exit(failed > 0 ? 1 : 0);
