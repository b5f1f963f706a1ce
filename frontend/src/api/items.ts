import { useQuery } from "@tanstack/react-query";
import { listConfigurationItemsOptions } from "./generated/@tanstack/react-query.gen";
import type { ConfigurationItemView } from "./generated/types.gen";

/** The longest search that the API takes. */
const longestSearch = 200;

/**
 * The configuration item with this number; null when there is none, undefined while that is not known. The API finds by words,
 * so that a number with which very many others begin may stay unknown.
 */
export function useItemNumbered(number: string): ConfigurationItemView | null | undefined {
  const found = useQuery({
    ...listConfigurationItemsOptions({ query: { q: number.slice(0, longestSearch), limit: 100 } }),
    enabled: number.trim() !== "",
    staleTime: 60_000,
  });
  if (found.data === undefined) return undefined;
  const item = found.data.items.find((one) => sameNumber(one.number, number));
  return item ?? (found.data.next_cursor === null ? null : undefined);
}

/** Numbers that differ in width or case only are the same. */
export function sameNumber(one: string, other: string): boolean {
  const folded = (number: string) => number.normalize("NFKC").trim().toLowerCase();
  return folded(one) === folded(other);
}
