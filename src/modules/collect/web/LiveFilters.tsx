import { Segmented, Select } from 'antd'
import { type Outcome, routes } from '#modules/collect/contract.ts'
import { useIsNarrow } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import { SearchBox } from '#ui/SearchBox.tsx'
import { searchByAlias } from '#web/forms/choices.ts'
import { useEventTitles } from '#web/use-event-titles.ts'
import { useRoute } from '#web/use-route.ts'
import { collectWords } from './collect-words.ts'
import { liveEventsRoute } from './pages.tsx'

const outcomes = ['stored', 'rejected', 'conflict', 'duplicate', 'pending'] as const

export function LiveFilters() {
  const t = useWords(collectWords)
  const narrow = useIsNarrow()
  const { outcome, name, q } = liveEventsRoute.useSearch()
  const navigate = liveEventsRoute.useNavigate()
  const titles = useEventTitles()
  const names = useRoute(routes.names, { query: {} }, { staleTime: 60_000 })
  const set = (change: {
    outcome?: Outcome | undefined
    name?: string | undefined
    q?: string | undefined
  }) => void navigate({ search: (now) => ({ ...now, ...change }), replace: true })
  const choices = [
    { value: '' as const, label: t('all') },
    ...outcomes.map((value) => ({ value, label: t(value) })),
  ]
  const choose = (value: Outcome | '') => set({ outcome: value || undefined })
  return (
    <search className="hw-bar">
      {narrow ? (
        <Select
          value={outcome ?? ''}
          options={choices}
          onChange={choose}
          aria-label={t('outcome')}
          className="live-half"
        />
      ) : (
        <Segmented value={outcome ?? ''} options={choices} onChange={choose} aria-label={t('outcome')} />
      )}
      <Select
        value={name ?? ''}
        aria-label={t('name')}
        className="live-name"
        {...searchByAlias}
        onChange={(value) => set({ name: value || undefined })}
        options={[
          { value: '', label: t('nameAll') },
          // A name out of a copied address stands here even when the catalogue has not heard of it.
          ...[...new Set([...(name ? [name] : []), ...(names.data?.items ?? []).map((one) => one.name)])].map(
            (value) => ({
              value,
              label: titles.event(value),
              title: value,
              search: titles.eventAlias(value),
            }),
          ),
        ]}
      />
      <SearchBox
        value={q}
        label={t('search')}
        onSearch={(text) => set({ q: text.trim() || undefined })}
        className="live-search"
      />
    </search>
  )
}
