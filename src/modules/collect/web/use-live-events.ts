import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo } from 'react'
import { type LiveEvent, type Outcome, routes } from '#modules/collect/contract.ts'
import type { PageSource } from '#ui/QueryTable.tsx'
import { type Answer, callRoute } from '#web/api-client.ts'
import { joinHead } from './join-head.ts'

export type LiveFilter = {
  outcome?: Outcome | undefined
  name?: string | undefined
  search?: string | undefined
}
type Page = Answer<typeof routes.live>
type Pages = InfiniteData<Page, string | undefined>

const pageSize = 100
const refreshMs = 2000
/** A page looks at 300 batches; rare things (rejections) are looked for this many pages back before the reader is asked. */
const pagesSearched = 20

/**
 * Pages of the log, with the newest one read again every 2 s as a whole and joined to them: what has come is put on top,
 * and outcomes of what is shown still change.
 */
export function useLiveEvents(
  filter: LiveFilter,
  following: boolean,
): PageSource<LiveEvent> & { updatedAt: number } {
  const client = useQueryClient()
  const key = [routes.live.get, 'pages', filter]
  const read = (before: string | undefined, signal: AbortSignal) =>
    callRoute(routes.live, { query: { ...filter, before, limit: pageSize } }, signal)
  const pages = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: 'always',
  })
  const head = useQuery({
    queryKey: [routes.live.get, 'head', filter],
    queryFn: async ({ signal }) => {
      const newest = await read(undefined, signal)
      client.setQueryData<Pages>(key, (known) => known && joinHead(known, newest))
      return newest.newest
    },
    enabled: following && pages.isSuccess,
    refetchInterval: refreshMs,
  })
  const { fetchNextPage, refetch } = pages
  const found = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data])
  const searching = found.length === 0 && pages.hasNextPage && (pages.data?.pages.length ?? 0) < pagesSearched
  useEffect(() => {
    if (searching && !pages.isFetchingNextPage) void fetchNextPage()
  }, [searching, pages.isFetchingNextPage, fetchNextPage])
  return {
    rows: found,
    loading: pages.isPending || (searching && !pages.isError),
    error: pages.error ?? (following ? head.error : null),
    hasMore: pages.hasNextPage,
    // A page that is not full means that the server stopped looking, not that it found all.
    onDemand: (pages.data?.pages.at(-1)?.items.length ?? 0) < pageSize,
    loadingMore: pages.isFetchingNextPage,
    loadMore: useCallback(() => void fetchNextPage(), [fetchNextPage]),
    retry: useCallback(() => void refetch(), [refetch]),
    updatedAt: Math.max(pages.dataUpdatedAt, head.dataUpdatedAt),
  }
}
