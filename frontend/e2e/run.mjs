// Runs the browser tests: every `*.test.mjs` beside this file, each in a process of its own (`run-file.mjs`), some at once.
// `node e2e/run.mjs WORD` runs those whose file or name contains the word. The last line is the sum.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { cleanUp, isBuilt, makeExample } from "./harness/server.mjs";

/** How many files run at once: people think and pages wait, so that two share two processors well. */
const lanes = 2;
/** These take longest and begin first, so that nothing long is left at the end. */
const longest = ["pages.test.mjs", "story-whole.test.mjs"];
/** These measure time, and nothing may run beside them. */
const alone = ["performance.test.mjs", "large-list.test.mjs"];

const word = process.argv[2] ?? "";
const folder = fileURLToPath(new URL(".", import.meta.url));
const running = new Set();
let passed = 0;
let failed = 0;

if (!isBuilt()) {
  console.log("there is no program to test: build it with `cargo build`, or name it in FABU_TEST_BINARY");
  process.exit(1);
}
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    for (const child of running) child.kill("SIGTERM");
    cleanUp();
    process.exit(1);
  });
}

/** Runs the tests of one file and adds its totals; one that ends without totals has failed. */
async function runFile(file, example) {
  const child = spawn(process.execPath, [`${folder}run-file.mjs`, file, word], {
    env: { ...process.env, FABU_TEST_EXAMPLE: JSON.stringify(example) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.add(child);
  let hasTotals = false;
  for await (const line of createInterface({ input: child.stdout })) {
    const totals = /^(\d+) passed, (\d+) failed$/.exec(line);
    if (totals === null) {
      console.log(line);
      continue;
    }
    hasTotals = true;
    passed += Number(totals[1]);
    failed += Number(totals[2]);
  }
  running.delete(child);
  if (hasTotals) return;
  failed += 1;
  console.log(`FAILED ${file}: ended before its tests did`);
}

/** Takes file after file until none is left. */
async function runLane(files, example) {
  for (let file = files.shift(); file !== undefined; file = files.shift()) await runFile(file, example);
}

const files = readdirSync(folder).filter((name) => name.endsWith(".test.mjs"));
const together = files.filter((file) => !alone.includes(file));
together.sort((a, b) => longest.includes(b) - longest.includes(a) || a.localeCompare(b));
try {
  const example = await makeExample();
  await Promise.all(Array.from({ length: lanes }, () => runLane(together, example)));
  await runLane([...alone], example);
} finally {
  cleanUp();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
