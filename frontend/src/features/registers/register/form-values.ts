import { formatMinute, minuteOf } from "@/lib/time";
import { isList, type RecordField } from "./shape";

/** What a form holds while it is filled in. */
export type Values = Record<string, unknown>;

/** The fields of a record as its form holds them. */
export function valuesOf(fields: readonly RecordField[], record: object): Values {
  const held: Values = { ...record };
  return Object.fromEntries(fields.map((field) => [field.name, shown(field, held[field.name])]));
}

function shown(field: RecordField, value: unknown): unknown {
  if (field.kind === "timeOfDay") return typeof value === "number" ? formatMinute(value) : undefined;
  return field.kind === "people" && Array.isArray(value) ? value.map(identity) : value;
}

/** A record names people by identity alone, or with their names. */
function identity(person: unknown): unknown {
  return typeof person === "object" && person !== null && "id" in person ? person.id : person;
}

/** What people state about a record, as the API takes it. */
export function bodyOf(fields: readonly RecordField[], values: Values): Values {
  return Object.fromEntries(fields.map((field) => [field.name, stated(field, values[field.name])]));
}

function stated(field: RecordField, value: unknown): unknown {
  switch (field.kind) {
    case "text":
    case "longText":
      return given(value);
    case "flag":
      return value === true;
    case "timeOfDay":
      return typeof value === "string" ? minuteOf(value) : null;
    case "lines":
      return list(value)
        .map(given)
        .filter((line) => line !== null);
    case "rows":
      return list(value).map((row) => bodyOf(field.fields, { ...(row as Values) }));
    default:
      return isList(field) ? list(value) : (value ?? null);
  }
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text without the spaces around it; an empty one is none. */
export function given(text: unknown): string | null {
  const trimmed = typeof text === "string" ? text.trim() : "";
  return trimmed === "" ? null : trimmed;
}
