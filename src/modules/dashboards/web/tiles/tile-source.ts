import { createContext, use } from 'react'
import type { AnyAnswer, AnyCell, AskedQuestion } from '#modules/analytics/web/kind-view.ts'
import type { RouteDef } from '#platform/http/define-routes.ts'
import type { Tile } from '../../contract/board.ts'

/** An analysis as a tile needs it; of a shared board its conditions are left out. */
export type TileAnalysis = {
  id: string
  name: string
  kind: string
  question: unknown
  state: Record<string, unknown>
}
export type ShownTile = Exclude<Tile, { kind: 'text' }>
export type Asked = {
  data: AnyAnswer | undefined
  error: unknown
  isFetching: boolean
  isPlaceholderData: boolean
  refetch: () => unknown
}

/** Where tiles get their numbers from, and what may be done with them: on a board, or through a link. */
export type TileSource = {
  /** Which route answers a tile's question, and how often it is asked again (ms). */
  request: (
    tile: ShownTile,
    question: AskedQuestion,
  ) => { route: RouteDef; input: object; staleTime: number; every: number | false }
  /** The question as the board asks it. */
  questionOf: (tile: ShownTile, analysis: TileAnalysis) => AskedQuestion
  analyses: ReadonlyMap<string, TileAnalysis>
  /** Left out: numbers open nothing. */
  onCell?: (tile: ShownTile, cell: AnyCell, title: string) => void
  /** Address of the analysis with the board's filters. */
  searchOf?: (tile: ShownTile, analysis: TileAnalysis) => Record<string, unknown>
}

const TileSourceContext = createContext<TileSource | undefined>(undefined)
export const TileSourceProvider = TileSourceContext.Provider

export function useTileSource(): TileSource {
  const source = use(TileSourceContext)
  if (!source) throw new Error('a tile outside of TileSourceProvider')
  return source
}
