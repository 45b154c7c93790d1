import { Link } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useRuleCatalogue } from '#modules/rules/web/rule-catalogue.ts'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { useEventTitles } from '#web/use-event-titles.ts'
import { useRoute } from '#web/use-route.ts'
import { routes, type Segment, type SegmentUse } from '../../contract.ts'
import { useWordsOf } from './use-words.ts'

/** Lineage both ways: what names this segment, and what its rule stands on. */
export function UsesTab({ segment }: { segment: Segment }) {
  const t = useWords(useWordsOf)
  const { attributes: known } = useRuleCatalogue()
  const titles = useEventTitles()
  const query = useRoute(routes.uses, { params: { id: segment.id } })
  if (query.error && !query.data) return <ErrorState error={query.error} retry={() => void query.refetch()} />
  if (!query.data) return <Skeleton active paragraph={{ rows: 6 }} />
  const { usedBy, segments, tags, attributes, events } = query.data
  const holding = usedBy.filter((use) => use.holds).length
  const isPlain = segments.length + tags.length + attributes.length + events.length === 0
  return (
    <div className="segment-uses">
      <section className="hw-panel" aria-labelledby="used-by">
        <div className="hw-panel-head">
          <h2 id="used-by">{t('usedBy')}</h2>
        </div>
        <div className="hw-panel-body">
          {usedBy.length === 0 && <p className="hw-muted">{t('usedByEmpty')}</p>}
          {holding > 0 && <p className="hw-fine">{t('holds', { count: holding })}</p>}
          <ul className="segment-use-list">
            {usedBy.map((use) => (
              <li key={`${use.kind}/${use.id}`}>
                <span className="hw-pill">{t(`kind.${use.kind}`)}</span>
                <UseLink use={use} />
                {!use.direct && <span className="hw-fine">{t('through')}</span>}
              </li>
            ))}
          </ul>
        </div>
      </section>
      <section className="hw-panel" aria-labelledby="made-of">
        <div className="hw-panel-head">
          <h2 id="made-of">{t('madeOf')}</h2>
        </div>
        <div className="hw-panel-body">
          {isPlain && <p className="hw-muted">{t('madeOfNothing')}</p>}
          <Part title={t('segments')}>
            {segments.map((one) => (
              <li key={one.id}>
                <Link to="/segments/$id" params={{ id: one.id }}>
                  {one.name}
                </Link>
                {!one.direct && <span className="hw-fine"> {t('through')}</span>}
              </li>
            ))}
          </Part>
          <Part title={t('tags')}>
            {tags.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </Part>
          <Part title={t('attributes')}>
            {attributes.map((name) => (
              <li key={name}>{known.find((one) => one.name === name)?.label ?? name}</li>
            ))}
          </Part>
          <Part title={t('events')}>
            {events.map((name) => (
              <li key={name} title={name}>
                {titles.event(name)}
              </li>
            ))}
          </Part>
        </div>
      </section>
    </div>
  )
}

function UseLink({ use }: { use: SegmentUse }) {
  if (use.kind === 'segment')
    return (
      <Link to="/segments/$id" params={{ id: use.id }}>
        {use.name}
      </Link>
    )
  if (use.kind === 'webhook')
    return (
      <Link to="/settings/webhooks/$id" params={{ id: use.id }}>
        {use.name}
      </Link>
    )
  if (use.kind === 'analysis')
    return (
      <Link to="/analytics/saved" search={{ q: use.name }}>
        {use.name}
      </Link>
    )
  if (use.kind === 'board')
    return (
      <Link to="/dashboards/$id" params={{ id: use.id }}>
        {use.name}
      </Link>
    )
  if (use.kind === 'alert')
    return (
      <Link to="/alerts" search={{ open: use.id }}>
        {use.name}
      </Link>
    )
  if (use.kind === 'view')
    return (
      <Link to="/views/$id" params={{ id: use.id }}>
        {use.name}
      </Link>
    )
  return <span>{use.name}</span>
}

function Part({ title, children }: { title: string; children: ReactNode[] }) {
  if (children.length === 0) return null
  return (
    <div className="segment-use-part">
      <h3 className="hw-fine">{title}</h3>
      <ul>{children}</ul>
    </div>
  )
}
