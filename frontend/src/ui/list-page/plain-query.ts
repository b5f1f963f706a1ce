import type { Ask } from "./list-page";

/**
 * What the address says, for a list whose filters are named as the API names them. A value that the API does not know is
 * refused there, with its reason.
 */
export function plainQuery({ filters, sort, cursor, limit }: Ask): Pick<Ask, "cursor" | "limit"> {
  const given = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== null));
  return { ...given, ...(sort !== undefined && { sort }), cursor, limit };
}
