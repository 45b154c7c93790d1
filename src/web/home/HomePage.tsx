import { routes } from '#modules/collect/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { EventsPanel } from '#web/home/EventsPanel.tsx'
import { FirstEvent } from '#web/home/FirstEvent.tsx'
import { FirstSteps } from '#web/home/FirstSteps.tsx'
import { homeWords } from '#web/home/home-words.ts'
import { MovedSegments } from '#web/home/MovedSegments.tsx'
import { NewestPeople } from '#web/home/NewestPeople.tsx'
import { useCan, useMe } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'
import './home.css'

/** State of the data and what has changed; before any data, how to get it in. */
export function HomePage() {
  const t = useWords(homeWords)
  const can = useCan()
  const { workspace } = useMe()
  const seesEvents = can('event:read')
  const status = useRoute(routes.status, {}, { every: 2000, enabled: seesEvents })
  const accepted = status.data?.accepted
  return (
    <div className="hw-page">
      <PageHeader title={t('title')} purpose={t('purpose', { workspace: workspace?.name ?? '' })} />
      {seesEvents && <FirstEvent accepted={accepted} />}
      {accepted !== 0 && (
        <>
          <div className="home-row home-row-wide">
            {seesEvents && <EventsPanel status={status} />}
            <FirstSteps accepted={accepted} />
          </div>
          <div className="home-row">
            {can('people:read') && <NewestPeople />}
            {can('segment:read') && <MovedSegments />}
          </div>
        </>
      )}
    </div>
  )
}
