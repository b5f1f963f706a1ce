import { useIsFetching, useIsMutating } from "@tanstack/react-query";
import { useEffect } from "react";

/** Says at the root of the document whether anything is being asked for: an open stream keeps the network from being idle. */
export function FetchMark(): null {
  const count = useIsFetching() + useIsMutating();
  useEffect(() => {
    document.documentElement.dataset["fetching"] = String(count);
  }, [count]);
  return null;
}
