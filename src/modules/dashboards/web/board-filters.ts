import type { Rule } from '#modules/rules/contract.ts'
import type { Board, Filters } from '../contract/board.ts'
import type { BoardSearch } from './pages.tsx'

/** What the board is narrowed to now: the address's filters, else those it opens with. */
export function filtersOf(search: BoardSearch, board: Pick<Board, 'filters'>): Filters {
  const range = search.range ?? board.filters.range
  const audience = search.audience ?? board.filters.audience
  return {
    ...(range && range !== 'own' ? { range } : {}),
    ...(audience && audience !== 'all' ? { audience: audience as Rule } : {}),
  }
}

export const hasFilters = (search: BoardSearch): boolean =>
  search.range !== undefined || search.audience !== undefined
