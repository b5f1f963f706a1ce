import { useSyncExternalStore } from "react";
import { keep, kept } from "./storage";

function isFlag(value: unknown): value is boolean {
  return typeof value === "boolean";
}

let areOn = kept("shortcuts", isFlag) ?? true;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Switches shortcuts of a single key on or off in this browser: who speaks to the computer sets them off by accident. */
export function setShortcuts(on: boolean): void {
  areOn = on;
  keep("shortcuts", on);
  for (const listener of listeners) listener();
}

/** Whether shortcuts of a single key work. */
export function useShortcuts(): boolean {
  return useSyncExternalStore(subscribe, () => areOn);
}
