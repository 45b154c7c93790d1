import type { ReactNode } from 'react'
import { routes } from '#modules/collect/contract.ts'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { EventsPanel } from '#web/home/EventsPanel.tsx'
import { FirstEvent } from '#web/home/FirstEvent.tsx'
import { FirstSteps } from '#web/home/FirstSteps.tsx'
import { type HomePart, homeOf } from '#web/home/home-of.ts'
import { homeWords } from '#web/home/home-words.ts'
import { ImportPanel } from '#web/home/ImportPanel.tsx'
import { MovedSegments } from '#web/home/MovedSegments.tsx'
import { NewestPeople } from '#web/home/NewestPeople.tsx'
import { NewPeoplePanel } from '#web/home/NewPeoplePanel.tsx'
import { SamplePeople } from '#web/home/SamplePeople.tsx'
import { SincePanel } from '#web/home/SincePanel.tsx'
import { SourcePanel } from '#web/home/SourcePanel.tsx'
import { useCan, useMe } from '#web/session.ts'
import { useRoute } from '#web/use-route.ts'
import './home.css'

/** What one's role looks at first, and what has changed; before any data, how to get it in. */
export function HomePage() {
  const t = useWords(homeWords)
  const can = useCan()
  const { workspace, role, memberId } = useMe()
  const seesEvents = can('event:read')
  const status = useRoute(routes.status, {}, { every: 2000, enabled: seesEvents })
  const accepted = status.data?.accepted
  const parts: Record<HomePart, ReactNode> = {
    growth: can('people:read') && <NewPeoplePanel />,
    events: seesEvents && <EventsPanel status={status} />,
    sources: seesEvents && <SourcePanel />,
    people: can('people:read') && <NewestPeople />,
    mine: can('people:read') && memberId && <NewestPeople owner={memberId} />,
    segments: can('segment:read') && <MovedSegments />,
    imports: can('import:read') && <ImportPanel />,
  }
  const [wide, ...rest] = homeOf(role?.builtin ?? null).filter((part) => Boolean(parts[part]))
  return (
    <div className="hw-page">
      <PageHeader title={t('title')} purpose={t('purpose', { workspace: workspace?.name ?? '' })} />
      {seesEvents && <FirstEvent accepted={accepted} />}
      {accepted !== 0 && (
        <>
          <SamplePeople />
          <SincePanel />
          <div className="home-row home-row-wide">
            {wide && <Part>{parts[wide]}</Part>}
            <FirstSteps accepted={accepted} />
          </div>
          <div className="home-columns">
            {rest.map((part) => (
              <Part key={part}>{parts[part]}</Part>
            ))}
          </div>
        </>
      )}
    </div>
  )
}

const Part = ({ children }: { children: ReactNode }) => children
