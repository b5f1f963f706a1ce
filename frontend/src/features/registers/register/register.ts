import type { MeView, Role } from "@/api/generated/types.gen";
import type { Column } from "@/ui/list-page/columns";
import type { Filter } from "@/ui/list-page/filters";
import type { Ask, Part } from "@/ui/list-page/list-page";
import type { View } from "@/ui/list-page/saved-views";
import type { QueryKey, UseMutationOptions, UseQueryOptions } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import type { ComponentType, ReactNode } from "react";
import type { RegisterKind } from "../registers.gen";
import type { Values } from "./form-values";

/** What every record has besides its fields. */
export interface RegisterRecord {
  id: string;
  version: number;
}

interface Known {
  path: { id: string };
  headers: { "If-Match": string };
}

type Operation<TData, TSent> = () => UseMutationOptions<TData, never, TSent>;

/** How a record is added, changed and taken away: the generated operations, and what is particular to the form. */
export interface RecordForm<R extends RegisterRecord, B extends object> {
  kind: RegisterKind;
  create: Operation<R, { body: B }>;
  update?: Operation<R, Known & { body: B }>;
  remove?: Operation<void, Known>;
  /** The page of a record, for a register whose records have one: to change and remove a record is its matter. */
  page?: (id: string) => string;
  /** What stands in the form of a new record at first. */
  defaults?: (me: MeView | undefined) => Values;
  /** What stands in a new row at first. */
  newRow?: () => Values;
  /** The role that people must hold to be chosen, by field: `head`, `representatives.user_id`. */
  holders?: Record<string, Role>;
  /** The control of a field, where its kind does not say enough. It takes id, value and change from the form. */
  inputs?: Partial<Record<keyof B & string, ComponentType>>;
  /** Whether a field is asked for beside the others. */
  isAsked?: Partial<Record<keyof B & string, (values: Values) => boolean>>;
  /** A member of the request that is no field of the record: where its controls stand, and what is sent of them. */
  extra?: {
    name: keyof B & string;
    after: keyof B & string;
    Input: ComponentType<{ record: R | undefined }>;
    wire: (value: unknown) => unknown;
  };
  /** The keys of the words of removing a record; of whatever is not named, the usual ones. */
  removal?: { button?: string; title?: string; advice?: string; about?: (record: R) => ReactNode };
}

/** A register as its page shows it. Whatever is not said here follows from its declaration in the API's description. */
export interface Register<R extends RegisterRecord, B extends object, E, K extends QueryKey> extends RecordForm<R, B> {
  list: (options: { query: Pick<Ask, "cursor" | "limit"> }) => UseQueryOptions<Part<R>, E, Part<R>, K>;
  /** What a cell shows, where the kind of its field does not say enough. */
  cells?: Partial<Record<keyof R & string, (record: R) => ReactNode>>;
  /** Fields without a column. */
  unlisted?: readonly (keyof R & string)[];
  /** Fields whose column is shown when somebody asks for it. */
  hidden?: readonly (keyof R & string)[];
  /** Columns that are no field. */
  columns?: (t: TFunction) => Column<R>[];
  /** Filters that are no field. */
  filters?: (t: TFunction, me: MeView | undefined) => Filter[];
  views?: (t: TFunction, me: MeView | undefined) => View[];
  /** A record on a phone, with what can be done with it. */
  card?: (record: R, steps: ReactNode) => ReactNode;
  /** What can be done with a record besides changing and removing it. */
  steps?: (record: R) => ReactNode;
  /** The key of what is said when there is nothing yet. */
  nothing?: string;
  /** Further buttons beside that of a new record. */
  Tools?: ComponentType;
  /** Leads to the neighbouring pages; those of the administration without it. */
  Nav?: ComponentType;
}

/** Brings the types of the operations together. */
export function register<R extends RegisterRecord, B extends object, E, K extends QueryKey>(
  specification: Register<R, B, E, K>,
): Register<R, B, E, K> {
  return specification;
}
