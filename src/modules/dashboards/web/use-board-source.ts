import { useMemo, useRef } from 'react'
import { routes as analytics } from '#modules/analytics/contract.ts'
import type { AnyCell, AskedQuestion } from '#modules/analytics/web/kind-view.ts'
import type { Board, Filters } from '../contract/board.ts'
import { asNumber, withFilters } from '../contract/filters.ts'
import type { ShownTile, TileSource } from './tiles/tile-source.ts'

type Given = {
  board: Board
  filters: Filters
  /** Seconds between two looks; not while nobody looks. */
  every: number | undefined
  onCell: ((tile: ShownTile, cell: AnyCell, title: string) => void) | undefined
}

/** Tiles of a board, asked as whoever looks at it. */
export function useBoardSource({ board, filters, every, onCell }: Given): TileSource {
  const open = useRef(onCell)
  open.current = onCell
  const mayOpen = onCell !== undefined
  const said = JSON.stringify(filters)
  return useMemo(() => {
    const now = JSON.parse(said) as Filters
    const questionOf: TileSource['questionOf'] = (tile, analysis) => {
      const question = analysis.question as Board['analyses'][number]['question']
      return withFilters(
        tile.kind === 'number' ? asNumber(question) : question,
        now,
        tile.own,
      ) as AskedQuestion
    }
    return {
      analyses: new Map(board.analyses.map((one) => [one.id, one])),
      questionOf,
      request: (_tile, question) => ({
        route: analytics.query,
        input: { body: question },
        staleTime: 30_000,
        every: every ? every * 1000 : false,
      }),
      searchOf: (tile, analysis) => ({
        ...analysis.state,
        ...stateWith(questionOf(tile, analysis)),
        saved: analysis.id,
      }),
      ...(mayOpen ? { onCell: (...args) => open.current?.(...args) } : {}),
    } satisfies TileSource
  }, [board.analyses, said, every, mayOpen])
}

/** What the board's filters changed, in the words of the address of analyses. */
function stateWith(question: object): Record<string, unknown> {
  const { range, audience } = question as { range?: unknown; audience?: unknown }
  return { ...(range ? { range } : {}), ...(audience ? { audience } : {}) }
}
