import { createContext, useContext } from "react";

/** The addresses that lead to a page, so that the menu offers no others. */
export const KnownPages = createContext<ReadonlySet<string>>(new Set());

export function useKnownPages(): ReadonlySet<string> {
  return useContext(KnownPages);
}
