import { useQuery } from '@tanstack/react-query'
import { routes as profiles } from '#modules/profiles/contract.ts'
import { routes as segments } from '#modules/segments/contract.ts'
import { pathOf } from '#platform/http/define-routes.ts'
import { callRoute } from '#web/api-client.ts'
import { queryClient } from '#web/query-client.ts'
import { type Overview, routes } from '../contract.ts'

/**
 * The first screen of a person by one request: its parts are laid where those who show them look, so that none of them
 * asks again.
 */
export function useOverview(id: string) {
  return useQuery({
    queryKey: [pathOf(routes.overview), { params: { id } }],
    queryFn: async ({ signal }) => {
      const overview = await callRoute(routes.overview, { params: { id } }, signal)
      spread(overview, id)
      return overview
    },
    staleTime: 30_000,
  })
}

function spread(
  { profile, segments: inSegments, identity, groups, timeline }: Overview,
  asked: string,
): void {
  for (const id of new Set([asked, profile.id]))
    queryClient.setQueryData([pathOf(profiles.get), { params: { id } }], profile)
  const input = { params: { id: profile.id } }
  queryClient.setQueryData([pathOf(segments.ofProfile), input], { items: inSegments })
  queryClient.setQueryData([pathOf(profiles.identity), input], identity)
  queryClient.setQueryData([pathOf(profiles.timelineGroups), input], { items: groups })
  const turn = { direction: 'older' }
  queryClient.setQueryData([pathOf(profiles.timeline), 'both ways', profile.id, { groups: 'all' }], {
    pages: [{ ...timeline, turn }],
    pageParams: [turn],
  })
}
