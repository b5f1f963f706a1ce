import type { Field } from "../fields";

/** The short name of a row, to which other rows refer. */
export const key: Field = { name: "key", kind: "key" };

/** How long something takes. */
export const minutes: Field = { name: "duration_minutes", kind: "minutes" };

/** People, hours or equipment (RA6). */
export const resource: readonly Field[] = [
  { name: "name", kind: "text" },
  {
    name: "kind",
    kind: "choice",
    of: "ResourceKind",
  },
  { name: "person", kind: "person" },
  { name: "planned_minutes", kind: "minutes" },
  { name: "quantity", kind: "text" },
];

/** A span of time. */
export const span: readonly Field[] = [
  { name: "start", kind: "instant" },
  { name: "end", kind: "instant" },
];
