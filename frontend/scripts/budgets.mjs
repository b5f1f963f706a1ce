// Holds the sizes of what is loaded, in brotli kilobytes; reads dist/pages as `npm run build` left it.
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const pages = fileURLToPath(new URL("../dist/pages", import.meta.url));
const manifest = JSON.parse(readFileSync(join(pages, "manifest.json"), "utf8"));
const budgets = { initial: 370, parts: 120, lists: 80, charts: 200, calendar: 80, page: 60 };

/** The chunk and everything that it imports at once. */
function closure(key, found = new Set()) {
  if (found.has(key)) return found;
  found.add(key);
  for (const next of manifest[key].imports ?? []) closure(next, found);
  return found;
}

function size(keys) {
  let bytes = 0;
  for (const key of keys) {
    const file = join(pages, manifest[key].file);
    bytes += statSync(existsSync(`${file}.br`) ? `${file}.br` : file).size;
  }
  return bytes / 1000;
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
// Loaded before anything is seen: the entry, what it imports, and one language.
const initial = closure(entry);
closure("src/lib/texts/zh-CN.ts", initial);

const rows = [["initial", size(initial), budgets.initial]];
// What several pages share and load once.
const shared = { parts: /^parts$/, lists: /^lists$/, charts: /^charts$/, calendar: /^calendar$/ };
const heavy = new Set();
for (const [name, pattern] of Object.entries(shared)) {
  const keys = Object.keys(manifest).filter((key) => pattern.test(manifest[key].name ?? ""));
  keys.forEach((key) => heavy.add(key));
  if (keys.length > 0) rows.push([name, size(keys), budgets[name]]);
}
for (const key of Object.keys(manifest)) {
  if (manifest[key].isDynamicEntry !== true || initial.has(key) || heavy.has(key)) continue;
  const own = [...closure(key)].filter((part) => !initial.has(part) && !heavy.has(part));
  rows.push([key.replace(/^src\//, ""), size(own), budgets.page]);
}

let failed = 0;
for (const [name, kilobytes, budget] of rows) {
  const over = kilobytes > budget;
  if (over) failed += 1;
  if (over || name === "initial" || process.argv.includes("--all")) {
    console.log(`${over ? "TOO LARGE" : "ok"} ${name}: ${kilobytes.toFixed(1)} of ${budget} kB`);
  }
}
console.log(`${rows.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
