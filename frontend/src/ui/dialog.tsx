import { Modal, type ModalProps } from "antd";
import { useLayoutEffect, type ReactElement } from "react";

/**
 * Ant Design's dialog, which gives the focus back in every case: also when it is taken away instead of closed, and when
 * what opened it has gone with what was done; then to the nearest part around it that is still there.
 */
export function Dialog({ open = false, ...look }: ModalProps): ReactElement {
  // Before the dialog takes the focus itself.
  useLayoutEffect(() => {
    if (!open) return;
    const way = wayTo(document.activeElement);
    return () => void setTimeout(() => giveBack(way));
  }, [open]);
  return <Modal open={open} {...look} />;
}

/** What has the focus, and everything around it up to the page's content. */
function wayTo(element: Element | null): HTMLElement[] {
  if (!(element instanceof HTMLElement) || element === document.body || element.id === "root") return [];
  return [element, ...(element.tagName === "MAIN" ? [] : wayTo(element.parentElement))];
}

function giveBack(way: readonly HTMLElement[]): void {
  const now = document.activeElement;
  const isLost = now === null || now === document.body || now.closest(".ant-modal") !== null;
  const nearest = way.find((element) => element.isConnected);
  if (!isLost || nearest === undefined) return;
  if (nearest !== way[0] && !nearest.hasAttribute("tabindex")) {
    nearest.tabIndex = -1;
    nearest.addEventListener("blur", () => nearest.removeAttribute("tabindex"), { once: true });
  }
  nearest.focus();
}
