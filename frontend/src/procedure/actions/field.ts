import type { WordEnum } from "@/api/words";
import type { CommandName, DocumentKind, ReleaseView, Role } from "@/api/generated/types.gen";
import type { UseMutationOptions } from "@tanstack/react-query";

/** How a value is asked for. */
export type FieldKind =
  /** Several lines. */
  | "note"
  /** One line. */
  | "line"
  /** A short name or version. */
  | "code"
  | "person"
  /** A person who may hold the role chosen in the field `role`. */
  | "holder"
  | "people"
  /** Departments, at first those concerned with related configuration items. */
  | "concerned-departments"
  | "instant"
  | "files"
  /** A word of an enumeration of the API. */
  | "word"
  /** An approved change that belongs to no release yet. */
  | "free-change"
  /** A change of this release. */
  | "own-change"
  /** A risk of the release plan. */
  | "risk"
  /** A phase of the deployment. */
  | "phase"
  /** A step of the run sheet. */
  | "step"
  /** An earlier entry of the run sheet. */
  | "entry"
  | "archive-record"
  /** A task of the release. */
  | "task"
  /** A configuration item of the release. */
  | "configuration-change"
  /** The number of a registered configuration item. */
  | "configuration-item"
  /** An open approval of which a member can act no more. */
  | "waiting-approval"
  /** A member of the approval chosen in the field `approval_id` who can act no more. */
  | "unable-member"
  | "panel"
  | "rule"
  /** Every release unit with the SHA-256 of the file at hand. */
  | "units";

/** One value that an action takes. */
export interface Field {
  /** Its name in the API: a member of the body, or of an object in it. */
  name: string | readonly [string, string];
  kind: FieldKind;
  /** The name of its label, where the same member means something else for another action. */
  label?: string;
  /** In the address instead of the body; `subject` of the dialog fills it. */
  in?: "path";
  required?: boolean;
  /** For `word`: the enumeration, and which of its words are offered; without, all. */
  words?: { schema: WordEnum; among?: readonly string[] };
  /** For `task` and `configuration-change`: in which states it is offered. */
  states?: readonly string[];
  /** For `person`: only people with this role. */
  role?: Role;
  /** For `panel`: the document whose sections are shared out. */
  document?: DocumentKind;
}

/** What a form holds while it is filled in. */
export type Values = Record<string, unknown>;

/** What is sent: the generated operations take exactly this, each with its own types. */
export interface Sent {
  path: Record<string, string>;
  body?: Values;
  headers?: Record<string, string>;
}

/** The form of an action, as a row of the table. */
export interface ActionForm {
  operation: UseMutationOptions<unknown, unknown, Sent>;
  /** Which record's version is sent as If-Match. */
  version: "release" | "task" | "none";
  fields: readonly Field[];
  /** The button is red: something is stopped, taken back or given up. */
  isDanger?: boolean;
  /** A box must be ticked first: much depends on it. */
  isConfirmed?: boolean;
  /** What stands in the fields at first; the subject is what the form was opened at. */
  defaults?: (release: ReleaseView, now: Date, subject: string | undefined) => Values;
}

/** Every command has a form here or is carried out in a place of its own. */
export type ActionTable = Partial<Record<CommandName, ActionForm>>;

/** The path of a field in the form. */
export function pathOf({ name }: Field): string[] {
  return typeof name === "string" ? [name] : [...name];
}

/** A field's key: `version`, `actual.version`. */
export function keyOf(field: Field): string {
  return pathOf(field).join(".");
}
