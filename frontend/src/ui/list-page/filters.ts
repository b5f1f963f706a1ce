import { parseAsArrayOf, parseAsString, type SingleParser } from "nuqs";

interface Named {
  /** The name in the address and in the query. */
  key: string;
  /** What people read. */
  label: string;
}

/** One filter of a list. Its value lives in the address, so that a filtered list can be linked and saved. */
export type Filter =
  | (Named & { kind: "text" })
  /** One of several values; with `multiple` any number of them. */
  | (Named & { kind: "choice"; multiple?: boolean; options: { value: string; label: string }[] })
  | (Named & { kind: "flag" })
  /** What only a link can set, an identity for example: shown as a word, to be taken away. */
  | (Named & { kind: "linked" })
  /** A person, by identity. */
  | (Named & { kind: "person" })
  /** Days, from and until, as `KEY_from` and `KEY_to`. */
  | (Named & { kind: "days" });

/** What the address holds: nothing for a filter that is not set. */
export type FilterValues = Record<string, string | string[] | null>;

type Parser = SingleParser<string> | SingleParser<string[]>;

/** How each part of a list's state is read from the address. */
export function parsersOf(filters: readonly Filter[]): Record<string, Parser> {
  const parsers: Record<string, Parser> = { sort: parseAsString };
  for (const filter of filters) {
    switch (filter.kind) {
      case "text":
        parsers[filter.key] = parseAsString;
        break;
      case "choice":
        parsers[filter.key] = filter.multiple === true ? parseAsArrayOf(parseAsString) : parseAsString;
        break;
      case "flag":
      case "linked":
      case "person":
        parsers[filter.key] = parseAsString;
        break;
      case "days":
        parsers[`${filter.key}_from`] = parseAsString;
        parsers[`${filter.key}_to`] = parseAsString;
        break;
    }
  }
  return parsers;
}

/** True when anything is filtered. */
export function isFiltered(values: FilterValues): boolean {
  return Object.entries(values).some(([key, value]) => key !== "sort" && value !== null && value.length > 0);
}
