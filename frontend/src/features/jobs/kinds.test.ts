import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import texts from "@/lib/texts/zh-CN/jobs.json";

test("every kind of background work has its name", () => {
  const source = readFileSync("../crates/app/src/jobs/kinds.rs", "utf8");
  const kinds = [...source.matchAll(/name: "(\w+)"/g)].map(([, name]) => name);
  expect(kinds.length).toBeGreaterThan(5);
  expect(Object.keys(texts.kinds).sort()).toEqual(kinds.sort());
});
