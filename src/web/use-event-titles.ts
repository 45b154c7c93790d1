import { createContext, use } from 'react'
import { routes as analytics } from '#modules/analytics/contract.ts'
import { routes as collect } from '#modules/collect/contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { type EventTitles, type Titles, titlesIn } from '#web/event-titles.ts'
import { useCan } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'

/** Names change seldom and stand on nearly every screen. */
const keepFor = 300_000

/** For pages without a login, whose answers bring the names they need. */
export const GivenTitles = createContext<Titles | undefined>(undefined)

/** Display names of events and properties; rules, addresses and answers go on holding the raw ones. */
export function useEventTitles(): EventTitles {
  const given = use(GivenTitles)
  const can = useCan()
  const { language } = useDisplay()
  const seesEvents = !given && can('event:read')
  const all = useRoute(collect.titles, {}, { staleTime: keepFor, enabled: seesEvents })
  const asked = useRoute(
    analytics.events,
    {},
    { staleTime: keepFor, enabled: !given && !seesEvents && can('analytics:read') },
  )
  return titlesIn(given ?? all.data ?? asked.data?.titles ?? nothing, language)
}

const nothing: Titles = { events: [], properties: [] }
