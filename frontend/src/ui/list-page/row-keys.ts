import { useShortcuts } from "@/lib/shortcuts";
import { useRef, type RefObject } from "react";
import { useHotkeys } from "react-hotkeys-hook";

/** `j` and `k` move the focus to the link of the next and the previous row of the list inside the element. */
export function useRowKeys(): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null);
  const enabled = useShortcuts();
  const move = (by: 1 | -1) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>("tbody tr td:first-child a") ?? [])];
    const at = links.findIndex((link) => link === document.activeElement);
    links[at === -1 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1)]?.focus();
  };
  useHotkeys("j", () => move(1), { enabled });
  useHotkeys("k", () => move(-1), { enabled });
  return list;
}
