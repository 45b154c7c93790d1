import { Link } from '@tanstack/react-router'
import { Button, Drawer, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { SourceName } from '#modules/access/web/SourceName.tsx'
import { type CatalogueEntry, routes } from '#modules/collect/contract.ts'
import { useDisplay } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { NumberText } from '#ui/NumberText.tsx'
import { TimeText } from '#ui/TimeText.tsx'
import { useEventTitles } from '#web/use-event-titles.ts'
import { useRoute } from '#web/use-route.ts'
import { EventType, VolumeLine } from './catalogue-columns.tsx'
import { catalogueWords } from './catalogue-words.ts'
import { EventNoteForm } from './EventNoteForm.tsx'
import { PropertyTable } from './PropertyTable.tsx'

type Props = { name: string | undefined; days: number[]; onClose: () => void }

export function EntryDrawer({ name, days, onClose }: Props) {
  return (
    <Drawer
      open={name !== undefined}
      onClose={onClose}
      size="min(640px, 100vw)"
      title={name !== undefined && <DrawerTitle name={name} />}
      extra={name !== undefined && <LiveLink name={name} />}
      destroyOnHidden
    >
      {name !== undefined && <EntryBody key={name} name={name} days={days} />}
    </Drawer>
  )
}

/** The raw name stands beside: whoever writes code needs it. */
function DrawerTitle({ name }: { name: string }) {
  const title = useEventTitles().event(name)
  return (
    <span className="catalogue-name">
      {title} {title !== name && <code className="hw-fine">{name}</code>}
    </span>
  )
}

function LiveLink({ name }: { name: string }) {
  const t = useWords(catalogueWords)
  return (
    <Link to="/events" search={{ name }}>
      <Button>{t('openLive')}</Button>
    </Link>
  )
}

function EntryBody({ name, days }: { name: string; days: number[] }) {
  const t = useWords(catalogueWords)
  const entry = useRoute(routes.catalogueEntry, { query: { name } })
  if (entry.error && !entry.data) return <ErrorState error={entry.error} retry={() => void entry.refetch()} />
  if (!entry.data) return <Skeleton active paragraph={{ rows: 10 }} />
  return (
    <>
      <p className="hw-fine">{t('volume')}</p>
      <VolumeLine days={days} wide />
      <Facts entry={entry.data} />
      <EventNoteForm entry={entry.data} />
      <Properties entry={entry.data} />
      <Sources entry={entry.data} />
    </>
  )
}

function Facts({ entry }: { entry: CatalogueEntry }) {
  const t = useWords(catalogueWords)
  const facts: [string, ReactNode][] = [
    [t('types'), <EventType key="type" type={entry.type} />],
    [t('total'), <NumberText key="total" value={entry.count} exact />],
    [t('people'), <NumberText key="people" value={entry.people} exact />],
    [t('firstSeen'), <TimeText key="first" value={entry.firstSeen} />],
    [t('lastSeen'), <TimeText key="last" value={entry.lastSeen} />],
  ]
  return (
    <dl className="catalogue-facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Properties({ entry }: { entry: CatalogueEntry }) {
  const t = useWords(catalogueWords)
  const { language } = useDisplay()
  return (
    <section className="hw-panel catalogue-part">
      <div className="hw-panel-head">
        <h3>{t('properties')}</h3>
        <span className="hw-fine">
          {t('propertiesNote', { count: exactNumber(entry.sampled, language) })}
        </span>
      </div>
      {entry.properties.length === 0 ? (
        <p className="hw-panel-body hw-muted">{t('noProperties')}</p>
      ) : (
        <PropertyTable entry={entry} />
      )}
    </section>
  )
}

function Sources({ entry }: { entry: CatalogueEntry }) {
  const t = useWords(catalogueWords)
  const { language } = useDisplay()
  return (
    <section className="hw-panel catalogue-part">
      <div className="hw-panel-head">
        <h3>{t('sources')}</h3>
        <span className="hw-fine">{t('sourcesNote')}</span>
      </div>
      <ul className="hw-panel-body catalogue-sources">
        {entry.sources.length === 0 && <li className="hw-muted">{t('noSources')}</li>}
        {entry.sources.map((source) => (
          <li key={`${source.kind} ${source.name} ${source.lastSeen}`}>
            <strong>
              <SourceName source={source} />
            </strong>
            <span className="hw-fine">{t('inSample', { shown: exactNumber(source.count, language) })}</span>
            <TimeText value={source.lastSeen} />
          </li>
        ))}
      </ul>
    </section>
  )
}
