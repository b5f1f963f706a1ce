import { QueryClient } from "@tanstack/react-query";
import { mayHelpToRepeat } from "./problem";

/** The cache of everything read from the API. Reads are repeated where that may help; writes never by themselves. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (count, error) => count < 2 && mayHelpToRepeat(error),
        // An own word for being offline: a query that fails says so, and comes back with the network.
        networkMode: "always",
        refetchOnReconnect: true,
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
