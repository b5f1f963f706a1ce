import { catalogue as english } from "@/lib/texts/en-US";
import { catalogue as chinese } from "@/lib/texts/zh-CN";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { labelKey } from "./document-context";
import type { DocumentShape, Field } from "./fields";
import { shapes } from "./shapes";

interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: string[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema;
  propertyNames?: Schema;
}

const description: unknown = JSON.parse(readFileSync("../openapi/openapi.json", "utf8"));
const { schemas } = (description as { components: { schemas: Record<string, Schema> } }).components;

/** A schema without references and without "or null", with the name it had. */
function resolved(schema: Schema): Schema & { name?: string; isNullable?: boolean } {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace(/^.*\//, "");
    return { ...resolved(schemas[name] ?? {}), name };
  }
  const real = schema.oneOf?.find(({ type }) => type !== "null");
  if (real !== undefined) return { ...resolved(real), isNullable: true };
  if (Array.isArray(schema.type)) {
    return {
      ...schema,
      type: schema.type.find((type) => type !== "null") ?? "",
      isNullable: schema.type.includes("null"),
    };
  }
  return schema;
}

const identities: Record<string, Field["kind"]> = {
  UserId: "person",
  ServiceObjectId: "serviceObject",
  UnitId: "unit",
};

/** Which editors fit a value of the API. */
function fitting(schema: ReturnType<typeof resolved>): string[] {
  if (schema.name !== undefined && schema.name in identities) return [identities[schema.name] ?? ""];
  if (schema.enum) return ["choice"];
  if (schema.format === "date-time") return ["instant"];
  if (schema.format === "date") return ["day"];
  switch (schema.type) {
    case "string":
      return ["text", "longText", "key", "reference"];
    case "integer":
      return ["minutes", "number"];
    case "boolean":
      return [schema.isNullable === true ? "yesNo" : "flag"];
    case "array": {
      const items = resolved(schema.items ?? {});
      if (items.properties) return ["rows"];
      return items.name === "ServiceObjectId" ? ["serviceObjects"] : ["lines", "references", "unitNames"];
    }
    case "object":
      if (schema.additionalProperties) return ["each"];
      return [schema.name?.startsWith("Table_") ? "table" : "group"];
    default:
      return [];
  }
}

/** Everything in which the fields differ from the properties that the API describes. */
function differences(schema: Schema, fields: readonly Field[], at: string): string[] {
  const properties = resolved(schema).properties ?? {};
  const names = Object.keys(properties);
  const wrong = [
    ...names.filter((name) => !fields.some((field) => field.name === name)).map((name) => `${at}.${name}: no editor`),
    ...fields.filter(({ name }) => !names.includes(name)).map(({ name }) => `${at}.${name}: unknown to the API`),
  ];
  for (const field of fields) {
    const property = properties[field.name];
    if (property === undefined) continue;
    const of = resolved(property);
    const here = `${at}.${field.name}`;
    if (!fitting(of).includes(field.kind)) wrong.push(`${here}: ${field.kind} instead of ${fitting(of).join(" or ")}`);
    const words = field.kind === "each" ? of.propertyNames?.enum : of.enum;
    if ("of" in field && words?.join() !== schemas[field.of]?.enum?.join()) {
      wrong.push(`${here}: other words than the API's`);
    }
    if (!("fields" in field)) continue;
    const inner =
      field.kind === "group"
        ? of
        : field.kind === "each"
          ? of.additionalProperties
          : field.kind === "table"
            ? of.properties?.["rows"]?.items
            : of.items;
    wrong.push(...differences(inner ?? {}, field.fields, here));
  }
  return wrong;
}

const schemaOf = {
  release_plan: "ReleasePlan",
  test_report: "TestReport",
  go_live_plan: "GoLivePlan",
  release_report: "ReleaseReport",
  failure_review: "FailureReview",
} as const;

function keys(fields: readonly Field[], texts: string): string[] {
  return fields.flatMap((field) => [
    labelKey(texts, field),
    ...("fields" in field ? keys(field.fields, `${texts}.${field.name}`) : []),
  ]);
}

function examples(fields: readonly Field[], at: string): string[] {
  return fields.flatMap((field) => [
    ...(field.hasExample === true ? [`contents:example.${at}.${field.name}`] : []),
    ...("fields" in field ? examples(field.fields, `${at}.${field.name}`) : []),
  ]);
}

function text(catalogue: unknown, key: string): unknown {
  return key
    .split(/[:.]/)
    .reduce<unknown>(
      (at, step) => (typeof at === "object" && at !== null ? Reflect.get(at, step) : undefined),
      catalogue,
    );
}

function textKeys(shape: DocumentShape): string[] {
  return shape.sections.flatMap(({ name, fields }) => [
    `contents:section.${shape.kind}.${name}.title`,
    `contents:section.${shape.kind}.${name}.sentence`,
    ...keys(fields, `contents:${shape.kind}`),
    ...examples(fields, shape.kind),
  ]);
}

describe.each(Object.values(shapes))("the document $kind", (shape) => {
  const fields = shape.sections.flatMap((section) => section.fields);

  it("has an editor for every field of the API, and for no other", () => {
    const name = schemaOf[shape.kind as keyof typeof schemaOf];
    expect(Object.keys(schemas[name]?.properties ?? {}).length).toBeGreaterThan(2);
    expect(differences({ $ref: `#/components/schemas/${name}` }, fields, name)).toEqual([]);
  });

  it("names every section, field and example in both languages", () => {
    const all = textKeys(shape);
    expect(all.filter((key) => typeof text(chinese, key) !== "string")).toEqual([]);
    expect(all.filter((key) => typeof text(english, key) !== "string")).toEqual([]);
  });
});

it("finds a field without an editor", () => {
  const fields = shapes.release_plan.sections
    .flatMap((section) => section.fields)
    .filter(({ name }) => name !== "risks");
  expect(differences({ $ref: "#/components/schemas/ReleasePlan" }, fields, "plan")).toEqual(["plan.risks: no editor"]);
});
