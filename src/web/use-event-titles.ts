import { routes } from '#modules/collect/contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { type EventTitles, type Titles, titlesIn } from '#web/event-titles.ts'
import { useCan } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'

/** Names change seldom and stand on nearly every screen. */
const keepFor = 300_000

/** Display names of events and properties; rules, addresses and answers go on holding the raw ones. */
export function useEventTitles(): EventTitles {
  const can = useCan()
  const { language } = useDisplay()
  const { data } = useRoute(routes.titles, {}, { staleTime: keepFor, enabled: can('event:read') })
  return titlesIn(data ?? nothing, language)
}

const nothing: Titles = { events: [], properties: [] }
