import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { whose } from "./permitted";

/** `| `create_user` | 系统管理员 system administrator |` says: for this operation, these roles. */
function policy(): Map<string, string[]> {
  const rows = readFileSync("../docs/generated/policy.md", "utf8").matchAll(/^\| `(\w+)` \| ([^|]*) \|$/gm);
  return new Map(
    [...rows].map(([, operation = "", who = ""]) => [
      operation,
      who.split("<br>").map((part) => (/[a-z][a-z ']*$/.exec(part.trim())?.[0] ?? "").replaceAll(" ", "_")),
    ]),
  );
}

describe("whose step an operation is", () => {
  const rows = policy();

  it.each(Object.entries(whose))("is said of %s as the policy says it", (operation, roles) => {
    expect(rows.get(operation)?.toSorted()).toEqual([...roles].sort());
  });
});
