import { listen, type LiveEvent } from "@/api/live";
import { session } from "@/api/session";
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";

/** Hints that come close together are one reason to read anew, not many. In milliseconds. */
const together = 300;

/** Reads anew what is shown whenever the server hints that something has changed. Nothing to see. */
export function LiveUpdates(): null {
  const queries = useQueryClient();
  const state = useSyncExternalStore(session.subscribe, session.state);
  useEffect(() => {
    if (state !== "signed-in") return;
    const stop = new AbortController();
    const refresh = refresher(queries, stop.signal);
    listen(stop.signal, refresh, (isConnected) => {
      document.documentElement.dataset["live"] = isConnected ? "on" : "off";
    });
    return () => stop.abort();
  }, [queries, state]);
  return null;
}

/** `ready` says only that the stream is open; the first one follows what the page has just read. */
function refresher(queries: QueryClient, stop: AbortSignal): (events: LiveEvent[]) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  stop.addEventListener("abort", () => clearTimeout(timer));
  return (events) => {
    if (!events.some(({ name }) => name === "change" || name === "reset")) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      // Only what is on the screen is asked for; a form that is being filled in keeps what was typed.
      void queries.invalidateQueries({ refetchType: document.hidden ? "none" : "active" });
    }, together);
  };
}
