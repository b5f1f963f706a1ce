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
/** Paper is light, whatever was chosen for the screen. */
const paper = window.matchMedia("print");
/** Whoever asks the system for less motion gets none. */
const stillness = window.matchMedia("(prefers-reduced-motion: reduce)");
const queries = [system, paper, stillness];

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  for (const query of queries) query.addEventListener("change", listener);
  return () => {
    listeners.delete(listener);
    for (const query of queries) query.removeEventListener("change", listener);
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
  return useSyncExternalStore(
    subscribe,
    () => !paper.matches && (chosen === "dark" || (chosen === "system" && system.matches)),
  );
}

/** Whether parts may move into place (WCAG 2.3.3). */
export function useHasMotion(): boolean {
  return useSyncExternalStore(subscribe, () => !stillness.matches);
}
