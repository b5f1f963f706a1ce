import type { WordEnum } from "@/api/words";
import type { TFunction } from "i18next";
import { registers, type RegisterKind } from "../registers.gen";

interface Common {
  /** The name in the API. */
  name: string;
  isNeeded: boolean;
  /** False for what the system says about a record and people cannot state. */
  isStated: boolean;
  /** True for what cannot be changed once the record is there. */
  isFixed?: boolean;
  /** True when the texts hold a hint beside the label. */
  hasHint?: boolean;
}

/** Words that are offered together, and the word of the family that they belong to. */
export interface Offered {
  of: WordEnum;
  word: string;
  words: readonly string[];
}

/** A field of a record as data. Its label is a text. */
export type RecordField = Common &
  (
    | { kind: "text"; max?: number }
    | { kind: "longText" }
    | { kind: "number"; min?: number; max?: number }
    | { kind: "flag" }
    | { kind: "day" }
    /** A moment in company time. */
    | { kind: "instant" }
    | { kind: "timeOfDay" }
    /** One text per line. */
    | { kind: "lines" }
    | { kind: "person" | "people" }
    | { kind: "customer" | "customers" | "department" | "departments" | "serviceObjects" }
    | { kind: "serviceObject" }
    /** The number of a registered configuration item. */
    | { kind: "itemNumber" }
    /** A word of an enumeration of the API. */
    | { kind: "choice"; of: WordEnum }
    | { kind: "choices"; of: WordEnum; among?: readonly Offered[] }
    | { kind: "rows" | "group"; fields: readonly RecordField[] }
  );

const lists: ReadonlySet<RecordField["kind"]> = new Set([
  "people",
  "customers",
  "departments",
  "serviceObjects",
  "choices",
  "lines",
  "rows",
]);

/** True for a field that holds any number of values. */
export function isList({ kind }: RecordField): boolean {
  return lists.has(kind);
}

/** A register: the operations of the API for its records, what its list can be filtered by, and what a record holds. */
export interface RegisterShape {
  /** The first step of its texts: `records:customer.…`. */
  kind: RegisterKind;
  path: string;
  operations: { create: string; update: string | null; delete: string | null };
  filters: readonly string[];
  fields: readonly RecordField[];
}

/** What people state about a record: the fields of its form and the columns of its list. */
export function statedFields(kind: RegisterKind): RecordField[] {
  return registers[kind].fields.filter(({ isStated }) => isStated);
}

/** The fields that a record is called by: the needed texts with which it begins. */
export function namingFields(kind: RegisterKind): RecordField[] {
  const fields = statedFields(kind);
  const end = fields.findIndex((field) => field.kind !== "text" || !field.isNeeded);
  return fields.slice(0, end === -1 ? fields.length : end);
}

/** What a field of a record holds. */
export function valueOf(record: object, name: string): unknown {
  return new Map<string, unknown>(Object.entries(record)).get(name);
}

/** `CBS 核心业务系统`. */
export function nameOf(kind: RegisterKind, record: object): string {
  return namingFields(kind)
    .map(({ name }) => String(valueOf(record, name)))
    .join(" ");
}

/** What a field is called; `texts` is where the texts of its surroundings are. */
export function labelOf(t: TFunction, texts: string, field: RecordField): string {
  return t(`${texts}.${field.name}${field.kind === "rows" || field.kind === "group" ? "._" : ""}`);
}

/** The words of a register in the reader's language. */
export function registerTexts(t: TFunction, kind: RegisterKind) {
  const texts = `records:${kind}`;
  return {
    title: t(`${texts}._plural`),
    about: t(`${texts}._about`),
    add: t("registers:add", { what: withinSentence(t(`${texts}._singular`)) }),
    nothing: t("registers:nothing", { what: withinSentence(t(`${texts}._plural`)) }),
  };
}

/** A name as it stands within a sentence: `Chat robot` is `chat robot`; abbreviations and Chinese stay. */
export function withinSentence(name: string): string {
  return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}
