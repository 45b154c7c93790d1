import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { type LiveEvent, type Outcome, routes } from '#modules/collect/contract.ts'
import type { PageSource } from '#ui/QueryTable.tsx'
import { callRoute } from '#web/api-client.ts'

export type LiveFilter = {
  outcome?: Outcome | undefined
  name?: string | undefined
  search?: string | undefined
}

const pageSize = 100
const refreshMs = 2000

/**
 * The newest page is read again every 2 s as a whole, not only what is newer: outcomes of what is shown still change.
 * Older pages are fetched while scrolling; the reader must not be following then, or rows would slip away.
 */
export function useLiveEvents(
  filter: LiveFilter,
  following: boolean,
): PageSource<LiveEvent> & { updatedAt: number } {
  const query = useInfiniteQuery({
    queryKey: [routes.live.get, 'pages', filter],
    queryFn: ({ pageParam, signal }) =>
      callRoute(routes.live, { query: { ...filter, before: pageParam, limit: pageSize } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: (now) => (following && (now.state.data?.pages.length ?? 1) === 1 ? refreshMs : false),
  })
  const { fetchNextPage, refetch } = query
  return {
    rows: useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]),
    loading: query.isPending,
    error: query.error,
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: useCallback(() => void fetchNextPage(), [fetchNextPage]),
    retry: useCallback(() => void refetch(), [refetch]),
    updatedAt: query.dataUpdatedAt,
  }
}
