import type { WordEnum } from "@/api/words";

/** Anything that JSON can hold: the content of a document as the API gives and takes it. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** The content of a document. */
export type Content = { [name: string]: Json };

interface Common {
  /** The name in the API. */
  name: string;
  /** Shown only while the neighbouring field has this value, or when it is filled all the same. */
  when?: { field: string; is: Json };
  /** True when the texts hold an example to insert. */
  hasExample?: boolean;
  /** True for what the system fills in when the document is submitted. */
  isSystem?: boolean;
}

/** Tables of the document, or of the release, whose rows others refer to by key or name. */
export type Target = "steps" | "run_steps" | "phases" | "plan_items";

type Simple =
  | "text"
  | "longText"
  | "key"
  | "person"
  | "serviceObject"
  | "serviceObjects"
  /** The number of a registered configuration item; choosing one fills the field "name" beside it. */
  | "itemNumber"
  | "instant"
  | "day"
  | "minutes"
  | "number"
  /** Yes or no. */
  | "flag"
  /** Yes, no, or not answered yet. */
  | "yesNo"
  /** One text per line. */
  | "lines"
  /** A registered release unit. */
  | "unit"
  /** Names of registered release units. */
  | "unitNames";

/** A field of a document as data: what is entered, under which name. Its label is a text. */
export type Field = Common &
  (
    | { kind: Simple }
    /** One word of an enumeration of the API. */
    | { kind: "choice"; of: WordEnum }
    | { kind: "reference" | "references"; to: Target }
    | { kind: "group"; fields: readonly Field[] }
    | { kind: "rows"; fields: readonly Field[] }
    /** A list of rows, or the reason why there are none. */
    | { kind: "table"; fields: readonly Field[] }
    /** One group for each word of an enumeration. */
    | { kind: "each"; of: WordEnum; fields: readonly Field[] }
  );

/** A numbered part of a document: what one sign-off can cover. */
export interface SectionOf {
  name: string;
  clause: string;
  fields: readonly Field[];
}

/** A kind of document: its sections, and where its texts are. */
export interface DocumentShape {
  /** The first step of its texts: `contents:release_plan.…`. */
  kind: string;
  sections: readonly SectionOf[];
}

/** What a new field holds. */
export function emptyOf(field: Field): Json {
  switch (field.kind) {
    case "text":
    case "longText":
    case "key":
    case "itemNumber":
      return "";
    case "reference":
      return "";
    case "minutes":
    case "number":
      return 0;
    case "flag":
      return false;
    case "lines":
    case "references":
    case "unitNames":
    case "serviceObjects":
    case "rows":
      return [];
    case "group":
      return emptyRow(field.fields);
    case "table":
      return { rows: [], not_applicable_reason: "" };
    case "each":
      return {};
    default:
      return null;
  }
}

/** A new row, every field present. */
export function emptyRow(fields: readonly Field[]): Content {
  return Object.fromEntries(fields.map((field) => [field.name, emptyOf(field)]));
}

/** A key that no row has yet: `s4`. */
export function freshKey(rows: readonly Json[], letter: string): string {
  const taken = new Set(rows.map((row) => (isContent(row) ? row["key"] : undefined)));
  for (let n = rows.length + 1; ; n += 1) if (!taken.has(`${letter}${n}`)) return `${letter}${n}`;
}

export function isContent(value: Json | undefined): value is Content {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True when nothing is entered. */
export function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === "" || value === false || value === 0) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isContent(value) && Object.values(value).every(isEmpty);
}

/** Whether a field is shown beside its neighbours. */
export function isShown(field: Field, neighbours: Content): boolean {
  return field.when === undefined || neighbours[field.when.field] === field.when.is || !isEmpty(neighbours[field.name]);
}
