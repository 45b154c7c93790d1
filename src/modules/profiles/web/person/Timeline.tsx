import { useVirtualizer } from '@tanstack/react-virtual'
import { Button, Skeleton } from 'antd'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useDisplay, useNow } from '#ui/display.tsx'
import { ErrorState } from '#ui/ErrorState.tsx'
import { dayKey, dayName, startOfDay } from '#ui/format-time.ts'
import { useWords } from '#ui/i18n.ts'
import { useShortcut } from '#ui/shortcuts.ts'
import type { Profile, TimelineItem } from '../../contract.ts'
import { personRoute } from '../pages.tsx'
import { personWords } from '../person-words.ts'
import { timelineWords } from '../timeline-words.ts'
import { TimelineFilters } from './TimelineFilters.tsx'
import { TimelineRun } from './TimelineRun.tsx'
import { type Line, lineOf, nextRun, timelineLines } from './timeline-lines.ts'
import { useTimeline } from './use-timeline.ts'

const dayMs = 86_400_000

/** Everything that happened, newest first, out of every module; where one stands and what is left out is in the address. */
export function Timeline({ person }: { person: Profile }) {
  const t = useWords(timelineWords)
  const p = useWords(personWords)
  const { timezone } = useDisplay()
  const search = personRoute.useSearch()
  const navigate = personRoute.useNavigate()
  const set = useCallback(
    (change: Partial<typeof search>) =>
      void navigate({ search: (old) => ({ ...old, ...change }), replace: true }),
    [navigate],
  )
  const at = search.at ?? (search.day && new Date(startOfDay(search.day, timezone) + dayMs - 1).toISOString())
  const source = useTimeline(person.id, {
    groups: search.groups ?? 'all',
    names: search.names,
    search: search.q,
    at,
  })
  const isFiltered = Boolean(search.names || search.q || search.groups)
  return (
    <section className="hw-panel person-timeline" aria-label={p('timeline')}>
      <TimelineFilters person={person} search={search} onChange={set} />
      {source.error !== null && source.items.length === 0 ? (
        <ErrorState error={source.error} retry={() => void source.refetch()} />
      ) : source.isPending ? (
        <Skeleton active className="hw-panel-body" paragraph={{ rows: 8 }} />
      ) : (
        <>
          {at !== undefined && (
            <div className="hw-more timeline-newer">
              {source.hasPreviousPage ? (
                <Button
                  size="small"
                  loading={source.isFetchingPreviousPage}
                  onClick={() => void source.fetchPreviousPage()}
                >
                  {t('newer')}
                </Button>
              ) : (
                <span className="hw-fine">{t('newestReached')}</span>
              )}
            </div>
          )}
          {source.items.length === 0 ? (
            <div className="hw-state">
              <p>{isFiltered ? t('noMatch') : t('empty')}</p>
              {isFiltered && (
                <Button onClick={() => set({ names: undefined, q: undefined, groups: undefined })}>
                  {t('clear')}
                </Button>
              )}
            </div>
          ) : (
            <Entries
              person={person.id}
              items={source.items}
              linked={search.at}
              onEnd={source.hasNextPage ? loadMore : undefined}
            />
          )}
          {source.items.length > 0 && (
            <div className="hw-more">
              {source.error ? (
                <ErrorState error={source.error} retry={loadMore} compact />
              ) : source.hasNextPage ? (
                <Button size="small" loading={source.isFetchingNextPage} onClick={loadMore}>
                  {p('moreEvents')}
                </Button>
              ) : (
                <span className="hw-fine">{p('start')}</span>
              )}
            </div>
          )}
        </>
      )}
    </section>
  )

  function loadMore() {
    if (!source.isFetchingNextPage) void source.fetchNextPage()
  }
}

type EntriesProps = {
  person: string
  items: TimelineItem[]
  /** The entry a link points to. */
  linked: string | undefined
  onEnd: (() => void) | undefined
}

/** Only what is on the screen is drawn, out of 10,000 entries too. */
function Entries({ person, items, linked, onEnd }: EntriesProps) {
  const t = useWords(timelineWords)
  const p = useWords(personWords)
  const { timezone } = useDisplay()
  const lines = useMemo(() => timelineLines(items, timezone), [items, timezone])
  const box = useRef<HTMLUListElement>(null)
  const [top, setTop] = useState(0)
  const [focused, setFocused] = useState<string>()
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  // The page scrolls, not the list: where the list begins in it is what the virtual list must know.
  useLayoutEffect(() => {
    const main = document.getElementById('main')
    if (!main || !box.current?.offsetParent) return
    const begin = Math.round(
      box.current.getBoundingClientRect().top - main.getBoundingClientRect().top + main.scrollTop,
    )
    if (begin !== top) setTop(begin)
  })
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => document.getElementById('main'),
    estimateSize: (at) => (lines[at]?.run ? 36 : 34),
    getItemKey: (at) => lines[at]?.key ?? at,
    scrollMargin: top,
    scrollPaddingStart: 120,
    scrollPaddingEnd: 40,
    overscan: 12,
  })
  const shown = virtual.getVirtualItems()
  const lastShown = shown.at(-1)?.index ?? 0
  useEffect(() => {
    // While a phone shows the details instead, lines have no height and all of them would seem to be on the screen.
    if (box.current?.offsetParent && lastShown >= lines.length - 15) onEnd?.()
  }, [lastShown, lines.length, onEnd])
  useKeepPlace(lines, virtual)
  useLinked(lines, linked, (at) => {
    virtual.scrollToIndex(at, { align: 'center' })
    setOpened((old) => new Set(old).add(lines[at]?.key as string))
  })
  const move = (step: 1 | -1) => {
    const from = focused === undefined ? -1 : lines.findIndex((line) => line.key === focused)
    const to = nextRun(lines, from, step)
    if (!lines[to]?.run) return
    virtual.scrollToIndex(to)
    setFocused(lines[to].key)
  }
  useShortcut('j', t('nextEntry'), p('groupPage'), () => move(1))
  useShortcut('k', t('previousEntry'), p('groupPage'), () => move(-1))
  const toggle = (key: string) => {
    setFocused(key)
    setOpened((old) =>
      old.has(key) ? new Set([...old].filter((one) => one !== key)) : new Set(old).add(key),
    )
  }
  return (
    <ul ref={box} className="timeline-list" style={{ height: virtual.getTotalSize() }}>
      {shown.map(({ index, start, key }) => {
        const line = lines[index] as Line
        return (
          <li
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            className="timeline-item"
            style={{ transform: `translateY(${start - top}px)` }}
          >
            {line.run ? (
              <TimelineRun
                person={person}
                run={line.run}
                open={opened.has(line.key)}
                onToggle={() => toggle(line.key)}
                hasFocus={focused === line.key}
                linked={linked}
              />
            ) : (
              <DayHeading day={line.day} time={line.time} />
            )}
          </li>
        )
      })}
    </ul>
  )
}

type Virtual = ReturnType<typeof useVirtualizer<HTMLElement, Element>>

/** What is added above must not push away what somebody is reading. */
function useKeepPlace(lines: readonly Line[], virtual: Virtual): void {
  const before = useRef<readonly Line[]>(lines)
  useLayoutEffect(() => {
    const first = before.current.find((line) => line.run)
    const now = lines.findIndex((line) => line.key === first?.key)
    if (lines !== before.current && now > 1 && lines.length > before.current.length)
      virtual.scrollToIndex(now, { align: 'start' })
    before.current = lines
  }, [lines, virtual])
}

/** Goes to the linked entry once, when it has come. */
function useLinked(lines: readonly Line[], linked: string | undefined, show: (at: number) => void): void {
  const done = useRef<string>(undefined)
  useEffect(() => {
    if (linked === undefined || done.current === linked) return
    const at = lineOf(lines, linked)
    if (at < 0) return
    done.current = linked
    show(at)
  })
}

function DayHeading({ day, time }: { day: string; time: string }) {
  const p = useWords(personWords)
  const { timezone, language } = useDisplay()
  const now = useNow()
  const near = { [dayKey(now, timezone)]: p('today'), [dayKey(now - dayMs, timezone)]: p('yesterday') }[day]
  return (
    <h3 className="timeline-day">
      {near && <strong>{near}</strong>} {dayName(Date.parse(time), timezone, language, now)}
    </h3>
  )
}
