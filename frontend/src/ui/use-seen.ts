import { useEffect, useRef, useState, type RefObject } from "react";

/** Whether an element has come into sight; once it has, that stays. */
export function useSeen<E extends Element>(): { element: RefObject<E | null>; isSeen: boolean } {
  const element = useRef<E>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (isSeen || element.current === null) return;
    const watch = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
    });
    watch.observe(element.current);
    return () => watch.disconnect();
  }, [isSeen]);
  return { element, isSeen };
}
