import type { ReactElement } from "react";
import type { Field, Json } from "./fields";
import { isContent } from "./fields";
import { ReadField, ReadFields } from "./read-view";
import type { Place } from "./labels";

/** The value of a place, be it a single field, a row or a whole table. */
export function ValueAt({ place, value }: { place: Place; value: Json | undefined }): ReactElement {
  const { field, texts } = place;
  if (field === undefined) return <code>{JSON.stringify(value ?? null)}</code>;
  if (field.kind === "group" && isContent(value)) {
    return <ReadFields fields={field.fields} texts={`${texts}.${field.name}`} value={value} />;
  }
  return <ReadField field={asList(field, value)} texts={texts} value={value} />;
}

/** A changed order is told by the keys alone. */
function asList(field: Field, value: Json | undefined): Field {
  const isKeys = Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string");
  return isKeys && "fields" in field ? { name: field.name, kind: "lines" } : field;
}
