import type { DocumentShape, Field } from "../fields";
import { key, minutes, resource, span } from "./common";

const grade = (name: string): Field => ({ name, kind: "choice", of: "Grade" });

const rollbackItem: readonly Field[] = [
  key,
  { name: "object", kind: "text" },
  { name: "action", kind: "longText" },
  { name: "person", kind: "person" },
  minutes,
];

/** The release plan (5.1, 5.2). */
export const releasePlan: DocumentShape = {
  kind: "release_plan",
  sections: [
    {
      name: "purpose_and_scope",
      clause: "5.1.1",
      fields: [
        { name: "purpose", kind: "longText", hasExample: true },
        { name: "impact", kind: "longText", hasExample: true },
        {
          name: "affected",
          kind: "group",
          fields: [
            { name: "service_objects", kind: "serviceObjects" },
            { name: "users", kind: "text" },
            { name: "from", kind: "instant" },
            { name: "until", kind: "instant" },
          ],
        },
        {
          name: "configuration_items",
          kind: "rows",
          fields: [
            key,
            { name: "identifier", kind: "text" },
            { name: "name", kind: "text" },
            { name: "planned_version", kind: "text" },
            { name: "phase", kind: "text" },
          ],
        },
      ],
    },
    {
      name: "backup",
      clause: "5.1.2",
      fields: [
        {
          name: "backups",
          kind: "rows",
          fields: [
            key,
            { name: "service_object", kind: "serviceObject" },
            { name: "object", kind: "text" },
            {
              name: "kind",
              kind: "choice",
              of: "BackupKind",
            },
            { name: "method", kind: "text" },
            { name: "place", kind: "text" },
            { name: "responsible", kind: "person" },
            { name: "at", kind: "instant" },
            { name: "restore_check", kind: "text" },
            { name: "not_needed_reason", kind: "text" },
          ],
        },
      ],
    },
    {
      name: "schedule",
      clause: "5.1.3",
      fields: [
        { name: "window", kind: "group", fields: span },
        {
          name: "steps",
          kind: "rows",
          fields: [
            key,
            { name: "title", kind: "text" },
            { name: "person", kind: "person" },
            { name: "start", kind: "instant" },
            minutes,
            { name: "predecessors", kind: "references", to: "steps" },
            { name: "units", kind: "unitNames" },
            { name: "check", kind: "text" },
            { name: "phase", kind: "text" },
          ],
        },
        { name: "staffing", kind: "longText", hasExample: true },
        { name: "resources", kind: "rows", fields: resource },
      ],
    },
    {
      name: "rollback",
      clause: "5.1.4",
      fields: [
        {
          name: "rollback",
          kind: "group",
          fields: [
            { name: "criteria", kind: "longText", hasExample: true },
            { name: "decider", kind: "person" },
            {
              name: "systems",
              kind: "rows",
              fields: [
                { name: "service_object", kind: "serviceObject" },
                { name: "system", kind: "text" },
                { name: "time_point", kind: "instant" },
              ],
            },
            { name: "latest_safe_start", kind: "instant" },
            { name: "data_objects", kind: "table", fields: rollbackItem },
            { name: "configuration_data", kind: "table", fields: rollbackItem },
            {
              name: "applications",
              kind: "table",
              fields: [
                key,
                { name: "unit", kind: "text" },
                { name: "target_version", kind: "text" },
                { name: "action", kind: "longText" },
                { name: "person", kind: "person" },
                minutes,
              ],
            },
            {
              name: "notifications",
              kind: "table",
              fields: [
                key,
                { name: "system", kind: "text" },
                { name: "contact", kind: "text" },
                { name: "channel", kind: "text" },
              ],
            },
          ],
        },
      ],
    },
    {
      name: "problems",
      clause: "5.1.5",
      fields: [
        {
          name: "problems",
          kind: "rows",
          fields: [
            { name: "phenomenon", kind: "longText" },
            { name: "solution", kind: "longText" },
          ],
        },
      ],
    },
    {
      name: "other_work",
      clause: "5.1.6",
      fields: [
        {
          name: "other_work",
          kind: "table",
          fields: [
            key,
            { name: "title", kind: "text" },
            { name: "assignee", kind: "person" },
            { name: "due", kind: "day" },
            {
              name: "kind",
              kind: "choice",
              of: "OtherWorkKind",
            },
          ],
        },
      ],
    },
    {
      name: "risks",
      clause: "RO1b",
      fields: [
        {
          name: "risks",
          kind: "rows",
          fields: [
            key,
            { name: "cause", kind: "longText" },
            grade("probability"),
            grade("impact"),
            grade("level"),
            { name: "control", kind: "longText" },
            { name: "owner", kind: "person" },
            grade("residual"),
          ],
        },
      ],
    },
    {
      name: "acceptance_criteria",
      clause: "5.4d",
      fields: [{ name: "acceptance_criteria", kind: "rows", fields: [key, { name: "text", kind: "longText" }] }],
    },
  ],
};
