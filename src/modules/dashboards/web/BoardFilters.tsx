import { Button } from 'antd'
import { AudienceButton } from '#modules/analytics/web/bar/AudienceButton.tsx'
import { RangePicker } from '#modules/analytics/web/bar/RangePicker.tsx'
import { useWords } from '#ui/i18n.ts'
import type { Board, Filters } from '../contract/board.ts'
import { hasFilters } from './board-filters.ts'
import { dashboardsWords } from './dashboards-words.ts'
import type { BoardSearch } from './pages.tsx'

type Props = {
  board: Board
  search: BoardSearch
  filters: Filters
  onChange: (part: Partial<BoardSearch>) => void
}

/** A period in place of those of the tiles, and people they are narrowed to; in the address. */
export function BoardFilters({ board, search, filters, onChange }: Props) {
  const t = useWords(dashboardsWords)
  const state = {
    ...(filters.range ? { range: filters.range } : {}),
    ...(filters.audience ? { audience: filters.audience as Record<string, unknown> } : {}),
  }
  return (
    <section className="hw-bar board-filters" aria-label={t('filters')}>
      <RangePicker
        state={state}
        none={t('ownRange')}
        onChange={({ range }) => onChange({ range: range ?? (board.filters.range ? 'own' : undefined) })}
      />
      <AudienceButton
        state={state}
        onChange={({ audience }) =>
          onChange({ audience: audience ?? (board.filters.audience ? 'all' : undefined) })
        }
      />
      {hasFilters(search) && (
        <Button type="link" onClick={() => onChange({ range: undefined, audience: undefined })}>
          {t('reset')}
        </Button>
      )}
    </section>
  )
}
