import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { pathOf, type RouteDef } from '#platform/http/define-routes.ts'
import type { PageSource } from '#ui/QueryTable.tsx'
import { type Answer, type CallInput, callRoute } from '#web/api-client.ts'

type Options = { enabled?: boolean; every?: number | false; keep?: boolean; staleTime?: number }

/** Reads a route: `useRoute(routes.get, { params: { id } })`. Aborts when nobody looks any more. */
export function useRoute<R extends RouteDef>(route: R, input: CallInput<R>, options: Options = {}) {
  return useQuery({
    queryKey: [pathOf(route), input],
    queryFn: ({ signal }) => callRoute(route, input, signal),
    enabled: options.enabled ?? true,
    refetchInterval: options.every ?? false,
    ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime }),
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  })
}

/** A route that changes something; afterwards everything read from `refresh` is read again. */
export function useChange<R extends RouteDef>(route: R, refresh: readonly RouteDef[] = []) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: CallInput<R>) => callRoute(route, input),
    onSuccess: () =>
      Promise.all(refresh.map((stale) => client.invalidateQueries({ queryKey: [pathOf(stale)] }))),
  })
}

type ListRoute = RouteDef & { returns: { _zod: { output: { items: unknown[]; next: string | null } } } }
type RowOf<R extends RouteDef> = Answer<R> extends { items: (infer T)[] } ? T : never

/** Reads a list route page by page, ready for `QueryTable`. `input.query.cursor` is filled in here. */
export function usePages<R extends ListRoute>(
  route: R,
  input: CallInput<R>,
  options: Options = {},
): PageSource<RowOf<R>> & { updatedAt: number } {
  const query = useInfiniteQuery({
    queryKey: [pathOf(route), 'pages', input],
    queryFn: ({ pageParam, signal }) => {
      const sent = input as { query?: object }
      return callRoute(
        route,
        { ...input, query: { ...sent.query, cursor: pageParam } } as unknown as CallInput<R>,
        signal,
      ) as Promise<{
        items: RowOf<R>[]
        next: string | null
      }>
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: options.enabled ?? true,
    refetchInterval: options.every ?? false,
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  })
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  const { fetchNextPage, refetch } = query
  return {
    rows,
    loading: query.isPending && query.fetchStatus !== 'idle',
    error: query.error,
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: useCallback(() => void fetchNextPage(), [fetchNextPage]),
    retry: useCallback(() => void refetch(), [refetch]),
    updatedAt: query.dataUpdatedAt,
  }
}
