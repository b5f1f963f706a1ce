import { forget, keep, kept } from "@/lib/storage";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { Draft, isLocalCopy, type DraftOutside, type DraftState, type Served } from "./draft";

interface Props {
  /** Under which name the browser keeps what has not reached the server. */
  name: string;
  served: Served;
  io: Pick<DraftOutside, "save" | "load">;
}

/** A draft that lives as long as the page shows it. `io` must stay the same object. */
export function useDraft({ name, served, io }: Props): { draft: Draft; state: DraftState } {
  const draft = useMemo(
    () =>
      new Draft(served, {
        ...io,
        readCopy: () => kept(name, isLocalCopy),
        keepCopy: (copy) => keep(name, copy),
        dropCopy: () => forget(name),
      }),
    // A new version of the same document is adopted below, it does not begin a new draft.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [name, io],
  );
  const state = useSyncExternalStore(draft.subscribe, draft.state);
  useEffect(() => draft.adopt(served), [draft, served]);
  useEffect(() => {
    const again = () => void draft.flush();
    window.addEventListener("online", again);
    return () => {
      window.removeEventListener("online", again);
      draft.stop();
    };
  }, [draft]);
  return { draft, state };
}
