import { ApartmentOutlined, DashboardOutlined, TagOutlined, ThunderboltOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { routes as collect } from '#modules/collect/contract.ts'
import { routes as dashboards } from '#modules/dashboards/contract.ts'
import { routes as profiles } from '#modules/profiles/contract.ts'
import { routes as segments } from '#modules/segments/contract.ts'
import { routes as tags } from '#modules/tags/contract.ts'
import { pathOf } from '#platform/http/define-routes.ts'
import { Avatar } from '#ui/Avatar.tsx'
import { useDisplay } from '#ui/display.tsx'
import { shortNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { rankCommands } from '#ui/rank-commands.ts'
import type { CommandSource } from '#ui/use-sources.ts'
import { callRoute } from '#web/api-client.ts'
import { paletteWords } from '#web/palette/palette-words.ts'
import { queryClient } from '#web/query-client.ts'
import { useCan } from '#web/session.ts'
import { useEventTitles } from '#web/use-event-titles.ts'

/** People, segments, tags, events and boards that are asked for by name. */
export function useRecordSources(): CommandSource[] {
  const can = useCan()
  const people = usePeopleSource()
  const [segmentList, tagList, events] = [useSegmentSource(), useTagSource(), useEventSource()]
  const boards = useBoardSource()
  const seesBoards = can('dashboard:read')
  const seesPeople = can('people:read')
  const seesSegments = can('segment:read')
  const seesEvents = can('event:read')
  return useMemo(
    () => [
      ...(seesPeople ? [people, tagList] : []),
      ...(seesSegments ? [segmentList] : []),
      ...(seesEvents ? [events] : []),
      ...(seesBoards ? [boards] : []),
    ],
    [people, segmentList, tagList, events, boards, seesPeople, seesSegments, seesEvents, seesBoards],
  )
}

function usePeopleSource(): CommandSource {
  const t = useWords(paletteWords)
  const navigate = useNavigate()
  return useMemo(
    () => ({
      scope: '@',
      ask: async (q, signal) => {
        if (isUnfinishedNumber(q)) await pause(numberPauseMs, signal)
        const { items } = await callRoute(profiles.find, { query: { q, limit: 8 } }, signal)
        return items.map((person) => ({
          id: `person:${person.id}`,
          group: t('people'),
          title: person.name ?? t('anonymous'),
          hint: hintOf(person, q) ?? (person.owner ? t('owner', { name: person.owner.name }) : ''),
          icon: <Avatar id={person.id} name={person.name} size={22} />,
          run: () => void navigate({ to: '/people/$id', params: { id: person.id } }),
        }))
      },
    }),
    [t, navigate],
  )
}

/**
 * Of who sees phones masked every number they ask for is counted: while one is typed, its beginnings are not asked for.
 */
const isUnfinishedNumber = (q: string) => /^\+?\d{5,10}$/.test(q.replace(/[\s-]/g, ''))
const numberPauseMs = 400

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })

type Named = { name: string | null; identifiers: { kind: string; value: string }[] }

/** Why somebody was found, where an identifier says it; else how to tell two of one name apart. */
function hintOf({ name, identifiers }: Named, typed: string): string | undefined {
  const others = identifiers.filter((one) => one.value !== name && one.kind !== 'anonymous_id')
  const term = typed.replace(/[\s-]/g, '').toLowerCase()
  const why = others.find((one) => one.value.toLowerCase().includes(term))
  return (why ?? others.find((one) => one.kind === 'phone') ?? others[0])?.value
}

function useSegmentSource(): CommandSource {
  const t = useWords(paletteWords)
  const navigate = useNavigate()
  return useMemo(
    () => ({
      scope: '#',
      ask: async (search, signal) => {
        const { items } = await callRoute(segments.list, { query: { search, limit: 6 } }, signal)
        return items.map((segment) => ({
          id: `segment:${segment.id}`,
          group: t('segments'),
          title: segment.name,
          icon: <ApartmentOutlined aria-hidden="true" />,
          run: () => void navigate({ to: '/segments/$id', params: { id: segment.id } }),
        }))
      },
    }),
    [t, navigate],
  )
}

/** Boards by name; the reader's favourites come first. */
function useBoardSource(): CommandSource {
  const t = useWords(paletteWords)
  const navigate = useNavigate()
  return useMemo(
    () => ({
      scope: '#',
      ask: async (search, signal) => {
        const { items } = await callRoute(dashboards.list, { query: { search, limit: 6 } }, signal)
        return items.map((board) => ({
          id: `board:${board.id}`,
          group: t('boards'),
          title: board.name,
          hint: board.folder,
          icon: <DashboardOutlined aria-hidden="true" />,
          run: () => void navigate({ to: '/dashboards/$id', params: { id: board.id } }),
        }))
      },
    }),
    [t, navigate],
  )
}

/** All tags come in one answer, which the page keeps for a minute. */
function useTagSource(): CommandSource {
  const t = useWords(paletteWords)
  const { language } = useDisplay()
  const navigate = useNavigate()
  return useMemo(
    () => ({
      scope: '#',
      ask: async (text) => {
        const { items } = await queryClient.fetchQuery({
          queryKey: [pathOf(tags.list), {}],
          queryFn: () => callRoute(tags.list, {}),
          staleTime: 60_000,
        })
        const named = items.map((tag) => ({ ...tag, title: tag.name }))
        const { close, far } = rankCommands(named, text)
        return [...close, ...far].slice(0, 6).map((tag) => ({
          id: `tag:${tag.id}`,
          group: t('tags'),
          title: tag.name,
          hint: t('tagPeople', { count: shortNumber(tag.people, language) }),
          icon: <TagOutlined aria-hidden="true" />,
          run: () => void navigate({ href: `/tags?tag=${encodeURIComponent(tag.id)}` }),
        }))
      },
    }),
    [t, navigate, language],
  )
}

/** Events that came, by what they are called in either language, typed in Latin letters or as they were sent. */
function useEventSource(): CommandSource {
  const t = useWords(paletteWords)
  const { language } = useDisplay()
  const titles = useEventTitles()
  const navigate = useNavigate()
  return useMemo(
    () => ({
      scope: '#',
      ask: async (text) => {
        const { items } = await queryClient.fetchQuery({
          queryKey: [pathOf(collect.names), { query: {} }],
          queryFn: () => callRoute(collect.names, { query: {} }),
          staleTime: 60_000,
        })
        const named = items.map((event) => ({
          ...event,
          title: titles.event(event.name),
          keywords: `${event.name} ${titles.eventAlias(event.name)}`,
        }))
        const { close, far } = rankCommands(named, text)
        return [...close, ...far].slice(0, 5).map((event) => ({
          id: `event:${event.name}`,
          group: t('events'),
          title: event.title,
          hint: `${event.title === event.name ? '' : `${event.name} · `}${t('eventCount', { count: shortNumber(event.count, language) })}`,
          icon: <ThunderboltOutlined aria-hidden="true" />,
          run: () => void navigate({ to: '/catalogue', search: { open: event.name } }),
        }))
      },
    }),
    [t, navigate, language, titles],
  )
}
