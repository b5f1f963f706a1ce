import type { ReleaseView } from "@/api/generated/types.gen";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { keyOf } from "./field";
import { actionTable, elsewhere } from "./table";

interface Schema {
  $ref?: string;
  enum?: string[];
  properties?: Record<string, Schema>;
  required?: string[];
  oneOf?: Schema[];
}

interface Operation {
  operationId?: string;
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

const description = JSON.parse(readFileSync("../openapi/openapi.json", "utf8")) as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

const { schemas } = description.components;
const commands = schemas["CommandName"]?.enum ?? [];
const operations = new Map(
  Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => [operation.operationId ?? "", { path, operation }] as const),
  ),
);

function schemaOf(schema: Schema | undefined): Schema {
  return schema?.$ref === undefined ? (schema ?? {}) : (schemas[schema.$ref.split("/").at(-1) ?? ""] ?? {});
}

function bodyOf(name: string): Schema {
  const content = operations.get(name)?.operation.requestBody?.content ?? {};
  return schemaOf(Object.values(content)[0]?.schema);
}

/** The members of a body; of an object that has fields of its own in the form, the members of that object. */
function members(name: string, nested: ReadonlySet<string>): string[] {
  return Object.entries(bodyOf(name).properties ?? {}).flatMap(([member, schema]) =>
    nested.has(member) ? Object.keys(schemaOf(schema).properties ?? {}).map((inner) => `${member}.${inner}`) : [member],
  );
}

const rows = Object.entries(actionTable);

describe("the table of actions", () => {
  it("has a form for every command of the API that is not carried out elsewhere", () => {
    expect(commands.length).toBeGreaterThan(40);
    expect([...Object.keys(actionTable), ...elsewhere].sort()).toEqual(commands.toSorted());
  });

  it("has a form for every operation below actions/", () => {
    const actions = [...operations].filter(([, { path }]) => path.includes("/actions/")).map(([name]) => name);
    expect(actions.length).toBeGreaterThan(20);
    const known = new Set<string>([...Object.keys(actionTable), ...elsewhere]);
    expect(actions.filter((name) => !known.has(name))).toEqual([]);
  });

  it.each(rows)("asks for every member of what %s takes, and for nothing else", (name, { fields }) => {
    const ofBody = fields.filter((field) => field.in !== "path").map(keyOf);
    const nested = new Set(ofBody.filter((key) => key.includes(".")).map((key) => key.split(".")[0] ?? ""));
    expect(ofBody.sort()).toEqual(members(name, nested).sort());
  });

  it.each(rows)("asks for what %s names in its address, and sends the version that it wants", (name, row) => {
    const parameters = operations.get(name)?.operation.parameters ?? [];
    const inPath = parameters.filter((parameter) => parameter.in === "path" && parameter.name !== "number");
    const asked = row.fields.filter((field) => field.in === "path").map(keyOf);
    expect(asked).toEqual(inPath.map((parameter) => parameter.name));
    expect(row.version !== "none").toBe(parameters.some((parameter) => parameter.name === "If-Match"));
  });

  it.each(rows)("marks as required what %s requires", (name, { fields }) => {
    const required = bodyOf(name).required ?? [];
    const marked = fields.filter((field) => field.in !== "path" && field.required === true);
    expect([...new Set(marked.map((field) => keyOf(field).split(".")[0] ?? ""))].sort()).toEqual(required.toSorted());
  });

  it("proposes to confirm of an item what is expected of it: after a rollback the baseline (5.2)", () => {
    const baseline = { version: "2.3.5", values: "max_connections: 200" };
    const release = {
      configuration_changes: [
        { id: "a", expected: { version: "9.9" } },
        { id: "b", expected: baseline },
      ],
    };
    const form = actionTable.confirm_configuration_change;
    // Only what the function reads.
    const proposed = (subject: string) => form?.defaults?.(release as unknown as ReleaseView, new Date(), subject);
    expect(proposed("b")).toEqual({ actual: baseline });
    expect(proposed("c")).toEqual({ actual: undefined });
  });

  it.each(rows)("offers every word that %s takes", (name, { fields }) => {
    for (const { words } of fields) {
      if (words === undefined) continue;
      const known = schemas[words.schema]?.enum ?? [];
      const { schema, among = [] } = words;
      expect({ name, unknown: among.filter((value) => !known.includes(value)) }).toEqual({ name, unknown: [] });
      // Of roles, the six of a release; of tasks, those that may be added by hand; of all others every word.
      expect({ name, isPart: among.length > 0 }).toEqual({ name, isPart: ["Role", "TaskKind"].includes(schema) });
    }
  });
});
