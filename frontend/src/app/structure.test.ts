import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";

interface Source {
  path: string;
  text: string;
}

const sources: Source[] = readdirSync("src", { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((path) => !path.includes("generated"))
  .map((path) => ({ path: relative("src", path), text: readFileSync(path, "utf8") }));

/** What each folder may use of ours. A feature is used by nothing; the app finds it by its `routes.tsx`. */
const arrows: Record<string, string[]> = {
  app: ["app", "procedure", "ui", "api", "lib"],
  features: ["procedure", "ui", "api", "lib"],
  // What knows documents, actions and approvals; ui knows none of them.
  procedure: ["procedure", "ui", "api", "lib"],
  ui: ["ui", "api", "lib"],
  api: ["api", "lib"],
  // Language names come from the API's description.
  lib: ["lib", "api/generated/types.gen"],
};

function imports({ text }: Source): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1] ?? "");
}

describe("the sources", () => {
  it("follow the arrows app → procedure → ui → api → lib, and no feature uses another", () => {
    const wrong = sources.flatMap((source) => {
      const folder = source.path.split("/")[0] ?? "";
      const allowed = arrows[folder] ?? [];
      return imports(source)
        .filter((name) => name.startsWith("@/"))
        .map((name) => name.slice(2))
        .filter((name) => !allowed.some((start) => name === start || name.startsWith(`${start}/`)))
        .map((name) => `${source.path} → ${name}`);
    });
    expect(wrong).toEqual([]);
  });

  it("do not leave their feature or folder by a relative path", () => {
    const wrong = sources.flatMap((source) => {
      const parts = source.path.split("/");
      // src/features/<name>/… is left by one more step than src/ui/….
      const depth = parts.length - (parts[0] === "features" ? 3 : 2);
      return imports(source)
        .filter((name) => (name.match(/\.\.\//g) ?? []).length > depth)
        .map((name) => `${source.path} → ${name}`);
    });
    expect(wrong).toEqual([]);
  });

  it("have at most 400 lines each", () => {
    expect(sources.filter(({ text }) => text.split("\n").length > 401).map(({ path }) => path)).toEqual([]);
  });

  it("hold no text that people read: no Chinese outside the catalogues", () => {
    const isCode = (line: string) => !/^\s*(\/\/|\/?\*)/.test(line);
    const wrong = sources
      .filter(({ path }) => !path.includes(".test."))
      .flatMap(({ path, text }) =>
        text
          .split("\n")
          .filter((line) => isCode(line) && /[\u4e00-\u9fff]/.test(line))
          .map((line) => `${path}: ${line.trim()}`),
      );
    expect(wrong).toEqual([]);
  });

  it("hold no text that people read: no words between tags or in labels", () => {
    const wrong = sources
      .filter(({ path }) => path.endsWith(".tsx") && !path.includes(".test."))
      .flatMap(({ path, text }) =>
        [
          ...text.matchAll(
            />\s*([A-Za-z]{2,}[^<>{}]*)<\/|(?:title|label|placeholder|aria-label|alt|description)="([^"]*[A-Za-z][^"]*)"/g,
          ),
        ]
          .map((match) => match[1] ?? match[2] ?? "")
          .map((words) => `${path}: ${words}`),
      );
    expect(wrong).toEqual([]);
  });
});
