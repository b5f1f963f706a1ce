import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { formNames } from "./action-forms";

it("names every form after a command of the API", () => {
  const description: unknown = JSON.parse(readFileSync("../openapi/openapi.json", "utf8"));
  const { components } = description as { components: { schemas: Record<string, { enum?: string[] }> } };
  const commands = components.schemas["CommandName"]?.enum ?? [];
  expect(commands).toContain("close");
  expect(formNames.filter((name) => !commands.includes(name))).toEqual([]);
});
