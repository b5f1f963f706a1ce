import { useSyncExternalStore } from "react";
import { keep, kept } from "./storage";

function isFlag(value: unknown): value is boolean {
  return typeof value === "boolean";
}

let isOpen = kept("toured", isFlag) !== true;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function set(open: boolean): void {
  isOpen = open;
  for (const listener of listeners) listener();
}

/** Begins the tour again. */
export function startTour(): void {
  set(true);
}

/** Ends the tour; in this browser it does not come again by itself. */
export function endTour(): void {
  keep("toured", true);
  set(false);
}

/** Whether the tour is to be shown: at the first visit in this browser, and when it was asked for. */
export function useTour(): boolean {
  return useSyncExternalStore(subscribe, () => isOpen);
}
