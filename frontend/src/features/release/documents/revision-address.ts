import { parseAsInteger, useQueryStates } from "nuqs";

/** Which revision the address opens, and with which older one it is compared. */
export interface RevisionAddress {
  revision: number;
  since?: number | undefined;
}

const keys = { revision: parseAsInteger, since: parseAsInteger };

/** The revision in the address, so that a link leads to it. */
export function useRevisionAddress(): {
  opened: RevisionAddress | undefined;
  open: (address: RevisionAddress | undefined) => void;
} {
  const [{ revision, since }, set] = useQueryStates(keys, { history: "push" });
  return {
    opened: revision === null ? undefined : { revision, since: since ?? undefined },
    open: (address) => void set({ revision: address?.revision ?? null, since: address?.since ?? null }),
  };
}
