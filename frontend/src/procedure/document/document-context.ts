import type { ReleaseView } from "@/api/generated/types.gen";
import type { Choice } from "@/ui/form/chooser";
import { createContext, useContext } from "react";
import { isContent, type Content, type Field, type Json, type Target } from "./fields";

/** What the fields of a document need besides their values. */
export interface DocumentSurroundings {
  /** Enters a value. */
  set: (pointer: string, value: Json) => void;
  /** What is missing, by pointer. */
  missing: ReadonlyMap<string, string>;
  /** Why the server did not save a field, by pointer. */
  refused?: ReadonlyMap<string, string>;
  /** The release, whose units and people are offered. */
  release?: ReleaseView;
}

const nowhere: DocumentSurroundings = { set: () => undefined, missing: new Map() };

export const DocumentSurroundingsContext = createContext<DocumentSurroundings>(nowhere);

export function useSurroundings(): DocumentSurroundings {
  return useContext(DocumentSurroundingsContext);
}

/** The whole content, for fields that refer to rows elsewhere in it. */
export const DocumentContentContext = createContext<Content>({});

const nameOf: Record<Target, string> = { steps: "title", run_steps: "title", phases: "name", plan_items: "name" };

/** The rows of a table as choices: their keys, with what they are called. */
export function choicesOf(rows: Json | undefined, target: Target): Choice[] {
  if (!Array.isArray(rows)) return [];
  return rows.filter(isContent).flatMap((row, at) => {
    const key = row["key"];
    const name = row[nameOf[target]];
    if (typeof key !== "string" || key === "") return [];
    return [{ value: key, label: typeof name === "string" && name !== "" ? `${at + 1}. ${name}` : key }];
  });
}

/** The key of a field's label below the texts of its surroundings. */
export function labelKey(texts: string, field: Field): string {
  const isWhole = field.kind === "group" || field.kind === "rows" || field.kind === "table" || field.kind === "each";
  return isWhole ? `${texts}.${field.name}._` : `${texts}.${field.name}`;
}
