import type { DocumentShape } from "../fields";
import { key, minutes } from "./common";

/** The test report (5.4). */
export const testReport: DocumentShape = {
  kind: "test_report",
  sections: [
    {
      name: "environment",
      clause: "5.4b",
      fields: [
        {
          name: "environment",
          kind: "rows",
          fields: [
            { name: "item", kind: "text" },
            { name: "production", kind: "text" },
            { name: "test", kind: "text" },
            { name: "difference", kind: "text" },
            { name: "risk", kind: "text" },
          ],
        },
      ],
    },
    {
      name: "categories",
      clause: "5.4.1",
      fields: [
        {
          name: "categories",
          kind: "each",
          of: "TestCategory",
          fields: [
            {
              name: "conclusion",
              kind: "choice",
              of: "TestConclusion",
            },
            { name: "reason", kind: "text", when: { field: "conclusion", is: "not_applicable" } },
            { name: "consented_by", kind: "person", when: { field: "conclusion", is: "not_applicable" } },
            { name: "remarks", kind: "text" },
          ],
        },
      ],
    },
    {
      name: "rollback_rehearsal",
      clause: "RO1c",
      fields: [
        {
          name: "rollback_rehearsal",
          kind: "group",
          fields: [
            { name: "rehearsed", kind: "flag" },
            { name: "at", kind: "instant", when: { field: "rehearsed", is: true } },
            { ...minutes, when: { field: "rehearsed", is: true } },
            { name: "result", kind: "longText", when: { field: "rehearsed", is: true } },
            { name: "exemption_reason", kind: "longText", when: { field: "rehearsed", is: false } },
          ],
        },
        { name: "release_procedure_effective", kind: "yesNo" },
        { name: "rollback_procedure_effective", kind: "yesNo" },
      ],
    },
    {
      name: "units",
      clause: "3.1b",
      fields: [
        {
          name: "tested_units",
          kind: "rows",
          isSystem: true,
          fields: [
            { name: "unit_id", kind: "unit" },
            { name: "name", kind: "text" },
            { name: "version", kind: "text" },
            { name: "sha256", kind: "text" },
          ],
        },
      ],
    },
    {
      name: "defects",
      clause: "5.4c",
      fields: [
        {
          name: "defects",
          kind: "rows",
          fields: [
            key,
            { name: "title", kind: "text" },
            {
              name: "level",
              kind: "choice",
              of: "DefectLevel",
            },
            {
              name: "state",
              kind: "choice",
              of: "DefectState",
            },
            { name: "reference", kind: "text" },
          ],
        },
      ],
    },
    {
      name: "verdict",
      clause: "5.4c",
      fields: [
        { name: "verdict", kind: "choice", of: "TestVerdict" },
        { name: "summary", kind: "longText", hasExample: true },
      ],
    },
  ],
};
