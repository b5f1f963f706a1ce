import { useEffect, useState } from "react";

/** A value that follows after a pause, so that not every key stroke asks the server. The pause is in milliseconds. */
export function usePaused<T>(value: T, pause = 200): T {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), pause);
    return () => clearTimeout(timer);
  }, [value, pause]);
  return paused;
}
