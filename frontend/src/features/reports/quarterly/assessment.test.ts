import { emptyRow } from "@/procedure/document/fields";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { shapes } from "@/procedure/document/shapes.gen";
import { contentOf, requestOf } from "./assessment";

const description = JSON.parse(readFileSync("../openapi/openapi.json", "utf8")) as {
  components: { schemas: Record<string, { properties: object }> };
};

const fields = shapes.quarterly_report.sections.flatMap((section) => section.fields);
const ofMeasure = fields.flatMap((field) => (field.name === "measures" && "fields" in field ? field.fields : []));

describe("the assessment of a quarter", () => {
  it("has an editor for every field of the API, and for no other", () => {
    const { AssessmentRequest, MeasureRequest } = description.components.schemas;
    expect(fields.map(({ name }) => name).sort()).toEqual(Object.keys(AssessmentRequest?.properties ?? {}).sort());
    expect(ofMeasure.map(({ name }) => name).sort()).toEqual(Object.keys(MeasureRequest?.properties ?? {}).sort());
  });

  it("says nothing where nothing is written", () => {
    expect(requestOf(contentOf({}))).toEqual({ execution: null, gap_cause: null, improvements: null, measures: [] });
    expect(requestOf({ ...contentOf({}), execution: " \n" }).execution).toBeNull();
  });

  it("keeps what is written, and a measure that is half done", () => {
    const measure = { text: "Rehearse every rollback", owner: null, due: "2026-12-01" };
    const content = contentOf({ execution: "Seven of eight succeeded.", measures: [measure] });
    expect(requestOf({ ...content, measures: [measure, emptyRow(ofMeasure)] })).toEqual({
      execution: "Seven of eight succeeded.",
      gap_cause: null,
      improvements: null,
      measures: [measure, { text: null, owner: null, due: null }],
    });
  });
});
