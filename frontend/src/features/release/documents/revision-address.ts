import type { DocumentKind } from "@/api/generated/types.gen";
import { parseAsInteger, parseAsString, useQueryStates } from "nuqs";

/** Which revision the address opens, and with which older one it is compared. */
export interface RevisionAddress {
  revision: number;
  since?: number | undefined;
}

const keys = { document: parseAsString, revision: parseAsInteger, since: parseAsInteger };

/** The revision of this document in the address, so that a link leads to it; a tab may hold two documents. */
export function useRevisionAddress(kind: DocumentKind): {
  opened: RevisionAddress | undefined;
  open: (address: RevisionAddress | undefined) => void;
} {
  const [{ document, revision, since }, set] = useQueryStates(keys, { history: "push" });
  return {
    opened: revision === null || document !== kind ? undefined : { revision, since: since ?? undefined },
    open: (address) =>
      void set({
        document: address === undefined ? null : kind,
        revision: address?.revision ?? null,
        since: address?.since ?? null,
      }),
  };
}
