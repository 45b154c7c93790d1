import { type InfiniteData, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { pathOf } from '#platform/http/define-routes.ts'
import { type Answer, callRoute } from '#web/api-client.ts'
import { routes, type TimelineItem } from '../../contract.ts'

export type TimelineFilter = {
  groups: string
  names?: string | undefined
  search?: string | undefined
  /** Where to begin: a moment, or the place of an entry; the newest when there is none. */
  at?: string | undefined
}
type Turn = { direction: 'older' | 'newer'; cursor?: string; at?: string | undefined }
type Page = Answer<typeof routes.timeline> & { turn: Turn }

const pageSize = 100
/** New entries come in by themselves while somebody looks at the newest page alone. */
const refreshMs = 5_000

/** Pages of a person's timeline in both directions from where it is opened; newest first. */
export function useTimeline(id: string, filter: TimelineFilter) {
  const { at, ...rest } = filter
  const query = useInfiniteQuery<Page, Error, InfiniteData<Page, Turn>, unknown[], Turn>({
    queryKey: [pathOf(routes.timeline), 'both ways', id, filter],
    queryFn: async ({ pageParam: turn, signal }) => {
      const page = await callRoute(
        routes.timeline,
        { params: { id }, query: { limit: pageSize, ...rest, ...turn } },
        signal,
      )
      return { ...page, turn }
    },
    initialPageParam: { direction: 'older', at },
    getNextPageParam: (page) =>
      page.turn.direction === 'older' && page.next !== null
        ? { direction: 'older', cursor: page.next }
        : undefined,
    getPreviousPageParam: (page) => newerThan(page, at),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (at === undefined && state.data?.pages.length === 1 ? refreshMs : false),
  })
  return { ...query, items: query.data?.pages.flatMap((page) => page.items) ?? [] }
}

/** Above the newest page nothing is known to be; above a place there may be, until a page says that it was the last. */
function newerThan(page: Page, at: string | undefined): Turn | undefined {
  if (at === undefined || (page.turn.direction === 'newer' && page.next === null)) return undefined
  const newest: TimelineItem | undefined = page.items[0]
  return newest?.at ? { direction: 'newer', cursor: newest.at } : { direction: 'newer', at }
}
