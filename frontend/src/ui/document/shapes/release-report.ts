import type { DocumentShape, Field } from "../fields";

const count: readonly Field[] = [
  { name: "key", kind: "text" },
  { name: "count", kind: "number" },
];

/** The release report (5.11). */
export const releaseReport: DocumentShape = {
  kind: "release_report",
  sections: [
    {
      name: "problems",
      clause: "5.11.1",
      fields: [
        {
          name: "problems",
          kind: "table",
          fields: [
            { name: "phenomenon", kind: "longText" },
            { name: "cause", kind: "longText" },
            { name: "solution", kind: "longText" },
            { name: "lesson", kind: "longText" },
          ],
        },
      ],
    },
    {
      name: "figures",
      clause: "5.11.2",
      fields: [
        {
          name: "figures",
          kind: "group",
          isSystem: true,
          fields: [
            { name: "quarter", kind: "text" },
            { name: "releases_in_quarter_to_date", kind: "number" },
            { name: "successes", kind: "number" },
            { name: "rate", kind: "text" },
            { name: "releases_total", kind: "number" },
            { name: "by_customer", kind: "rows", fields: count },
            { name: "by_system", kind: "rows", fields: count },
            { name: "by_kind", kind: "rows", fields: count },
            { name: "rule", kind: "longText" },
          ],
        },
      ],
    },
    {
      name: "training",
      clause: "RA12",
      fields: [{ name: "knowledge_and_training", kind: "longText", hasExample: true }],
    },
    { name: "resources", clause: "RA6", fields: [{ name: "resource_deviation", kind: "longText", hasExample: true }] },
    { name: "watch", clause: "5.1.6", fields: [{ name: "watch_result", kind: "longText", hasExample: true }] },
    { name: "conclusion", clause: "5.11", fields: [{ name: "conclusion", kind: "longText", hasExample: true }] },
  ],
};
