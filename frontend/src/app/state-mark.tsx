import { useIsFetching, useIsMutating } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLocation } from "react-router";
import { below } from "@/lib/base-path";

/**
 * Says at the root of the document what cannot be seen from outside: whether anything is being asked for (an open stream
 * keeps the network from being idle), and which address is shown (the address bar is ahead of the page while its code comes).
 */
export function StateMark(): null {
  const count = useIsFetching() + useIsMutating();
  const { pathname } = useLocation();
  useEffect(() => {
    document.documentElement.dataset["fetching"] = String(count);
    document.documentElement.dataset["shown"] = below(pathname);
  }, [count, pathname]);
  return null;
}
