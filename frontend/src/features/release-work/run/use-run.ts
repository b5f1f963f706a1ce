import { viewReleaseOptions, viewRunSheetOptions } from "@/api/generated/@tanstack/react-query.gen";
import type { ReleaseView, RunSheetView } from "@/api/generated/types.gen";
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { Outbox, type OutboxState } from "./outbox";

export interface Run {
  release: UseQueryResult<ReleaseView>;
  sheet: UseQueryResult<RunSheetView>;
  outbox: Outbox;
  pending: OutboxState;
  /** True while the last thing asked of the server got no answer. */
  isCutOff: boolean;
}

/** The run of a release as every watcher sees it: read anew every few seconds, written through the outbox. */
export function useRun(number: string): Run {
  const queries = useQueryClient();
  const path = { number };
  const release = useQuery({ ...viewReleaseOptions({ path }), refetchInterval: 10_000 });
  const sheet = useQuery({ ...viewRunSheetOptions({ path }), refetchInterval: 3_000 });
  const outbox = useMemo(() => new Outbox(number, () => queries.invalidateQueries()), [number, queries]);
  const pending = useSyncExternalStore(outbox.subscribe, outbox.state);
  useEffect(() => {
    const flush = (): void => void outbox.flush();
    flush();
    const timer = setInterval(flush, 5_000);
    window.addEventListener("online", flush);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", flush);
    };
  }, [outbox]);
  return {
    release: release as UseQueryResult<ReleaseView>,
    sheet: sheet as UseQueryResult<RunSheetView>,
    outbox,
    pending,
    isCutOff: sheet.data !== undefined && sheet.error !== null,
  };
}

/** The present moment, second by second. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** `1:02:03` between two moments, whichever comes first. */
export function formatSpan(from: Date, to: Date): string {
  const seconds = Math.floor(Math.abs(to.getTime() - from.getTime()) / 1000);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
