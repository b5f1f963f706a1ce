import { forget, keep, kept } from "@/lib/storage";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Draft, isLocalCopy, type DraftOutside, type DraftState, type Served } from "./draft";

interface Props {
  /** Under which name the browser keeps what has not reached the server. */
  name: string;
  served: Served;
  io: Pick<DraftOutside, "save" | "load">;
}

/** A draft that lives as long as what shows it: another document needs a component with another key. */
export function useDraft({ name, served, io }: Props): { draft: Draft; state: DraftState } {
  // A new version of the same document is adopted below, it does not begin a new draft.
  const [draft] = useState(
    () =>
      new Draft(served, {
        ...io,
        readCopy: () => kept(name, isLocalCopy),
        keepCopy: (copy) => keep(name, copy),
        dropCopy: () => forget(name),
      }),
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
