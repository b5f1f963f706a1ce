import { useInfiniteQuery, type InfiniteData, type QueryKey, type UseInfiniteQueryResult } from "@tanstack/react-query";

interface Part<T> {
  items: T[];
  next_cursor: string | null;
}

type Ask<T> = (cursor: { cursor?: string }, signal: AbortSignal) => Promise<{ data: Part<T> }>;

/** A list that grows part by part: the key of its first part, and how a part is asked for. */
export function useParts<T>(
  key: QueryKey,
  ask: Ask<T>,
): UseInfiniteQueryResult<InfiniteData<Part<T>, string | undefined>> {
  return useInfiniteQuery({
    queryKey: [...key, "parts"],
    queryFn: async ({ pageParam, signal }) =>
      (await ask(pageParam === undefined ? {} : { cursor: pageParam }, signal)).data,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
  });
}
