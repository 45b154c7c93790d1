import { ApartmentOutlined } from '@ant-design/icons'
import { useQueries } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { routes as profiles } from '#modules/profiles/contract.ts'
import { routes as segments } from '#modules/segments/contract.ts'
import { pathOf } from '#platform/http/define-routes.ts'
import { Avatar } from '#ui/Avatar.tsx'
import type { Command } from '#ui/CommandPalette.tsx'
import { useWords } from '#ui/i18n.ts'
import { callRoute } from '#web/api-client.ts'
import { paletteWords } from '#web/palette/palette-words.ts'
import { useVisitor } from '#web/palette/use-note-visits.ts'
import { lastVisits, type Visit } from '#web/palette/visits.ts'

const shown = 5

/** What was opened lately, named as of now; what is gone or may not be seen any more is left out. */
export function useRecent(open: boolean): Command[] {
  const t = useWords(paletteWords)
  const visitor = useVisitor()
  const navigate = useNavigate()
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew whenever the palette opens
  const visits = useMemo(() => lastVisits(visitor).slice(0, shown), [visitor, open])
  const names = useQueries({ queries: visits.map((visit) => ({ ...nameQuery(visit), enabled: open })) })
  return visits.flatMap((visit, at) => {
    const data = names[at]?.data
    if (data === undefined) return []
    const title = data.name ?? t('anonymous')
    const to = visit.kind === 'person' ? `/people/${visit.id}` : `/segments/${visit.id}`
    return {
      id: `recent:${to}`,
      group: t('recent'),
      title,
      icon:
        visit.kind === 'person' ? (
          <Avatar id={visit.id} name={data.name} size={22} />
        ) : (
          <ApartmentOutlined aria-hidden="true" />
        ),
      run: () => void navigate({ href: to }),
    }
  })
}

function nameQuery({ kind, id }: Visit) {
  const input = { params: { id } }
  return {
    queryKey: [pathOf(kind === 'person' ? profiles.get : segments.get), input],
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<{ name: string | null }> =>
      kind === 'person' ? callRoute(profiles.get, input, signal) : callRoute(segments.get, input, signal),
    staleTime: 60_000,
    retry: false,
  }
}
