import { Button, Skeleton } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import { useDisplay, useNow } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { dayKey, dayName, startOfDay } from '#ui/format-time.ts'
import { useWords } from '#ui/i18n.ts'
import { usePages } from '#web/use-route.ts'
import { type Profile, routes } from '../../contract.ts'
import { personRoute } from '../pages.tsx'
import { personWords } from '../person-words.ts'
import { groupTimeline } from './group-timeline.ts'
import { TimelineFilters } from './TimelineFilters.tsx'
import { TimelineRun } from './TimelineRun.tsx'

const dayMs = 86_400_000
const refreshMs = 5_000

/** Everything the person did, newest first; filters stand in the address. */
export function Timeline({ person }: { person: Profile }) {
  const t = useWords(personWords)
  const { timezone } = useDisplay()
  const search = personRoute.useSearch()
  const navigate = personRoute.useNavigate()
  const set = useCallback(
    (change: Partial<typeof search>) =>
      void navigate({ search: (old) => ({ ...old, ...change }), replace: true }),
    [navigate],
  )
  // Once somebody reads further down, renewing every page under their eyes would cost more than it shows.
  const [following, setFollowing] = useState(true)
  const query = {
    limit: 100,
    names: search.names,
    search: search.q,
    include: search.system ? ('system' as const) : ('events' as const),
    to: search.day && new Date(startOfDay(search.day, timezone) + dayMs - 1).toISOString(),
  }
  const source = usePages(
    routes.timeline,
    { params: { id: person.id }, query },
    { keep: true, every: following && !search.day && refreshMs },
  )
  const days = useMemo(() => groupTimeline(source.rows, timezone), [source.rows, timezone])
  const isFiltered = Boolean(search.names || search.q || search.day)
  return (
    <section className="hw-panel person-timeline" aria-label={t('timeline')}>
      <TimelineFilters person={person} search={search} onChange={set} />
      {source.error !== null && source.rows.length === 0 ? (
        <ErrorState error={source.error} retry={source.retry} />
      ) : source.loading ? (
        <Skeleton active className="hw-panel-body" paragraph={{ rows: 8 }} />
      ) : days.length === 0 ? (
        <div className="hw-state">
          <p>{isFiltered ? t('timelineNoMatch') : t('timelineEmpty')}</p>
          {isFiltered && (
            <Button onClick={() => set({ names: undefined, q: undefined, day: undefined })}>
              {t('clearFilters')}
            </Button>
          )}
        </div>
      ) : (
        <>
          {days.map((day) => (
            <DaySection key={day.day} day={day} />
          ))}
          <div className="hw-more">
            {source.hasMore ? (
              <Button
                size="small"
                loading={source.loadingMore}
                onClick={() => {
                  setFollowing(false)
                  source.loadMore()
                }}
              >
                {t('moreEvents')}
              </Button>
            ) : (
              <span className="hw-fine">{t('start')}</span>
            )}
          </div>
        </>
      )}
    </section>
  )
}

function DaySection({ day }: { day: ReturnType<typeof groupTimeline>[number] }) {
  const t = useWords(personWords)
  const { timezone, language } = useDisplay()
  const now = useNow()
  const first = day.runs[0]
  if (!first) return null
  const near = { [dayKey(now, timezone)]: t('today'), [dayKey(now - dayMs, timezone)]: t('yesterday') }[
    day.day
  ]
  const name = dayName(Date.parse(first.last.time), timezone, language, now)
  return (
    <section className="timeline-day" aria-label={near ?? name}>
      <h3>
        {near && <strong>{near}</strong>} {name}
      </h3>
      <ol>
        {day.runs.map((run) => (
          <TimelineRun key={run.key} run={run} />
        ))}
      </ol>
    </section>
  )
}
