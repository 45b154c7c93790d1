import { useCan } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'
import type { Annotation } from '../../contract/annotations.ts'
import { routes } from '../../contract.ts'

const none: Annotation[] = []
/** A curve with more marks than this is hatched, not annotated. */
const mostShown = 50

/** What was noted of the days an answer is of; nothing for who sees a board without being a member. */
export function useAnnotations(range: { from: string; to: string }): Annotation[] {
  const can = useCan()
  const query = { from: range.from, to: range.to, limit: mostShown }
  const asked = useRoute(
    routes.listAnnotations,
    { query },
    { staleTime: 60_000, enabled: can('analytics:read') },
  )
  return asked.data?.items ?? none
}
