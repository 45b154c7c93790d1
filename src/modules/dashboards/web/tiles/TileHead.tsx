import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useDisplay } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import type { Tile } from '../../contract/board.ts'
import { dashboardsWords } from '../dashboards-words.ts'
import { dayRange } from './day-range.ts'
import { type TileAnalysis, useTileSource } from './tile-source.ts'

type Props = {
  tile: Tile
  title: string
  analysis?: TileAnalysis
  /** The days its numbers are of. */
  range?: { from: string; to: string } | undefined
  menu?: ReactNode
  handle?: ReactNode
}

/** Title, which opens the analysis as the board asks it; the days it is of; what can be done with the tile. */
export function TileHead({ tile, title, analysis, range, menu, handle }: Props) {
  const t = useWords(dashboardsWords)
  const { language } = useDisplay()
  const { searchOf } = useTileSource()
  const isOwn = tile.kind !== 'text' && tile.own === true
  return (
    <header className="board-tile-head">
      {handle}
      <h2 title={title}>
        {analysis && searchOf && tile.kind !== 'text' ? (
          <Link to="/analytics" search={searchOf(tile, analysis)}>
            {title}
          </Link>
        ) : (
          title
        )}
      </h2>
      {range && (
        <span className="hw-fine board-tile-range" title={t('rangeOf', { from: range.from, to: range.to })}>
          {isOwn && <span className="hw-pill">{t('ownShort')}</span>}
          <span className="hw-number">{dayRange(range, language)}</span>
        </span>
      )}
      {menu}
    </header>
  )
}
