import type { DocumentShape, Field } from "../fields";
import { key, minutes, resource, span } from "./common";

const phaseItem: readonly Field[] = [
  { name: "key", kind: "reference", to: "planItems" },
  { name: "name", kind: "text" },
  { name: "planned_date", kind: "day" },
];

/** The go-live plan (5.5). */
export const goLivePlan: DocumentShape = {
  kind: "go_live_plan",
  sections: [
    {
      name: "arrangements",
      clause: "5.5.1",
      fields: [
        {
          name: "schedule",
          kind: "table",
          fields: [{ name: "title", kind: "text" }, ...span, { name: "responsible", kind: "person" }],
        },
        { name: "resources", kind: "table", fields: resource },
        {
          name: "procurement",
          kind: "table",
          fields: [
            { name: "item", kind: "text" },
            { name: "quantity", kind: "text" },
            { name: "supplier", kind: "text" },
            { name: "due", kind: "day" },
          ],
        },
        {
          name: "storage",
          kind: "table",
          fields: [
            { name: "item", kind: "text" },
            { name: "place", kind: "text" },
            { name: "requirement", kind: "text" },
          ],
        },
      ],
    },
    {
      name: "way",
      clause: "5.5.2",
      fields: [
        { name: "way", kind: "choice", of: "GoLiveWay" },
        {
          name: "phases",
          kind: "rows",
          when: { field: "way", is: "phased" },
          fields: [
            key,
            { name: "name", kind: "text" },
            { name: "scope", kind: "text" },
            { name: "order", kind: "number" },
            { name: "pass_criterion", kind: "longText" },
            { name: "configuration_items", kind: "rows", fields: phaseItem },
          ],
        },
        {
          name: "configuration_items",
          kind: "rows",
          when: { field: "way", is: "full" },
          fields: phaseItem,
        },
      ],
    },
    {
      name: "communication",
      clause: "5.5.3",
      fields: [
        {
          name: "communication",
          kind: "group",
          fields: [
            { name: "impact_from", kind: "instant" },
            { name: "impact_until", kind: "instant" },
            { name: "affected_functions", kind: "longText" },
            { name: "message", kind: "longText", hasExample: true },
            { name: "recipients", kind: "lines" },
            { name: "send_at", kind: "instant" },
          ],
        },
      ],
    },
    {
      name: "window",
      clause: "5.5.4",
      fields: [
        { name: "window", kind: "group", fields: span },
        { name: "conflict_reason", kind: "longText" },
      ],
    },
    {
      name: "roster",
      clause: "5.5.5",
      fields: [
        {
          name: "roster",
          kind: "rows",
          fields: [
            { name: "person", kind: "person" },
            { name: "duty", kind: "text" },
            { name: "phone", kind: "text" },
            { name: "deputy", kind: "person" },
            { name: "command", kind: "flag" },
            { name: "customer_contact", kind: "flag" },
            { name: "support", kind: "flag" },
          ],
        },
      ],
    },
    {
      name: "run_steps",
      clause: "5.5.6",
      fields: [
        {
          name: "run_steps",
          kind: "rows",
          fields: [
            key,
            { name: "title", kind: "text" },
            { name: "phase", kind: "reference", to: "phases" },
            { name: "person", kind: "person" },
            { name: "planned_start", kind: "instant" },
            minutes,
            { name: "predecessors", kind: "references", to: "run_steps" },
            { name: "units", kind: "unitNames" },
            { name: "check", kind: "text" },
          ],
        },
      ],
    },
    {
      name: "rollback_steps",
      clause: "5.5.7",
      fields: [
        {
          name: "rollback_steps",
          kind: "rows",
          fields: [
            key,
            {
              name: "group",
              kind: "choice",
              of: "RollbackGroup",
            },
            { name: "title", kind: "text" },
            { name: "person", kind: "person" },
            minutes,
          ],
        },
      ],
    },
  ],
};
