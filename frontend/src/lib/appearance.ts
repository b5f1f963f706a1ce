import { keep, kept } from "./storage";
import { useSyncExternalStore } from "react";

/** What the pages look like: as the system says, light or dark. */
export const appearances = ["system", "light", "dark"] as const;
export type Appearance = (typeof appearances)[number];

function isAppearance(value: unknown): value is Appearance {
  return appearances.some((appearance) => appearance === value);
}

let chosen: Appearance = kept("appearance", isAppearance) ?? "system";
const listeners = new Set<() => void>();
const system = window.matchMedia("(prefers-color-scheme: dark)");

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  system.addEventListener("change", listener);
  return () => {
    listeners.delete(listener);
    system.removeEventListener("change", listener);
  };
}

/** Chooses how the pages look and remembers it in this browser. */
export function choose(appearance: Appearance): void {
  chosen = appearance;
  keep("appearance", appearance);
  for (const listener of listeners) listener();
}

export function useAppearance(): Appearance {
  return useSyncExternalStore(subscribe, () => chosen);
}

export function useIsDark(): boolean {
  return useSyncExternalStore(subscribe, () => chosen === "dark" || (chosen === "system" && system.matches));
}
