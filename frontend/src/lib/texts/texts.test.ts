import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { catalogue as english } from "./en-US";
import { catalogue as chinese } from "./zh-CN";

function flat(texts: unknown, path: string): [string, string][] {
  if (typeof texts === "string") return [[path, texts]];
  return Object.entries(texts as Record<string, unknown>).flatMap(([key, value]) =>
    flat(value, path === "" ? key : `${path}${path.includes(":") ? "." : ":"}${key}`),
  );
}

/** English has two forms of a counted text, Chinese may have both as well; they are one key to the code. */
function keys(texts: unknown): string[] {
  return [...new Set(flat(texts, "").map(([key]) => key.replace(/_(one|other)$/, "")))].sort();
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && /(?<!\.test)\.tsx?$/.test(entry.name) && !entry.parentPath.includes("generated"),
    )
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
}

const code = sources("src");

describe("the texts", () => {
  it("have the same keys in both languages", () => {
    expect(keys(english)).toEqual(keys(chinese));
  });

  it("take the same values in both languages", () => {
    const places = (texts: unknown) =>
      Object.fromEntries(
        flat(texts, "").map(([key, text]) => [key, [...text.matchAll(/{{(\w+)}}/g)].map((m) => m[1]).sort()]),
      );
    const [zh, en] = [places(chinese), places(english)];
    for (const [key, names] of Object.entries(en))
      expect({ key, names }).toEqual({ key, names: zh[key] ?? zh[key.replace(/_(one|other)$/, "")] });
  });

  it("say something in every place", () => {
    expect([...flat(chinese, ""), ...flat(english, "")].filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  it("have every key that the code names", () => {
    const known = new Set(keys(chinese));
    const named = code.flatMap((text) =>
      [...text.matchAll(/["`]([a-z]+:[A-Za-z][\w.-]*)["`]/g)].map((m) => m[1] ?? ""),
    );
    const prefixes = new Set(Object.keys(chinese).map((name) => `${name}:`));
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter((key) => [...prefixes].some((prefix) => key.startsWith(prefix)) && !known.has(key))).toEqual(
      [],
    );
  });

  it("have no key that the code does not use", () => {
    const all = code.join("\n");
    const starts = [...all.matchAll(/`([a-z]+:[\w.]*)\$\{/g)].map((m) => m[1] ?? "");
    const unused = keys(chinese).filter(
      (key) => !all.includes(`${key}"`) && !all.includes(`${key}\``) && !starts.some((start) => key.startsWith(start)),
    );
    expect(unused.filter((key) => !key.startsWith("enums:"))).toEqual([]);
  });
});
