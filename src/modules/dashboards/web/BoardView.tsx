import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import type { AnyCell } from '#modules/analytics/web/kind-view.ts'
import { PeopleDrawer } from '#modules/analytics/web/people/PeopleDrawer.tsx'
import { useIsNarrow } from '#ui/display.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { useWords } from '#ui/i18n.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useCan } from '#web/session.ts'
import type { Board, Tile } from '../contract/board.ts'
import { BoardActions } from './BoardActions.tsx'
import { BoardFilters } from './BoardFilters.tsx'
import { filtersOf } from './board-filters.ts'
import { dashboardsWords } from './dashboards-words.ts'
import { AddTile } from './edit/AddTile.tsx'
import { TileMenu } from './edit/TileMenu.tsx'
import { BoardGrid } from './grid/BoardGrid.tsx'
import { MoveHandle } from './grid/MoveHandle.tsx'
import { ResizeCorner } from './grid/ResizeCorner.tsx'
import { BoardPicture } from './list/BoardPicture.tsx'
import { Star } from './list/board-columns.tsx'
import { boardRoute } from './pages.tsx'
import { type ShownTile, TileSourceProvider } from './tiles/tile-source.ts'
import { useBoardSource } from './use-board-source.ts'
import { useTelevision } from './use-television.ts'
import { useTiles } from './use-tiles.ts'

export function BoardView({ board }: { board: Board }) {
  const t = useWords(dashboardsWords)
  const can = useCan()
  const narrow = useIsNarrow()
  const search = boardRoute.useSearch()
  const navigate = boardRoute.useNavigate()
  const away = useNavigate()
  const { tiles, set } = useTiles(board)
  const [said, setSaid] = useState('')
  const [cellTitle, setCellTitle] = useState('')
  const box = useRef<HTMLDivElement>(null)
  const tv = useTelevision(box, search.tv === true, () => change({ tv: undefined }))
  const filters = filtersOf(search, board)
  const change = (part: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true })
  const open = (tile: ShownTile, cell: AnyCell, title: string) => {
    setCellTitle(title)
    void navigate({ search: (old) => ({ ...old, tile: tile.id, cell: cell as Record<string, unknown> }) })
  }
  const mayAsk = can('people:read')
  const source = useBoardSource({ board, filters, every: search.every, onCell: mayAsk ? open : undefined })
  const names = useMemo(() => new Map(board.analyses.map((one) => [one.id, one.name])), [board.analyses])
  const titleOf = (tile: Tile) =>
    tile.title || (tile.kind === 'text' ? t('untitled') : (names.get(tile.analysis) ?? t('gone')))
  const mayWrite = can('dashboard:write') && !search.tv
  const arrange = (next: Tile[]) => set(next, t('moved'))
  const shown = tiles.find((tile): tile is ShownTile => tile.id === search.tile && tile.kind !== 'text')
  const analysis = shown && source.analyses.get(shown.analysis)
  return (
    <TileSourceProvider value={source}>
      <div className={`hw-page board-page${search.tv ? ' board-tv' : ''}`} ref={box}>
        <PageHeader
          title={board.name}
          purpose={board.description || undefined}
          above={search.tv ? undefined : <Link to="/dashboards">{t('title')}</Link>}
          actions={
            <>
              {!search.tv && <Star board={board} />}
              <BoardActions
                board={board}
                search={search}
                filters={filters}
                onChange={change}
                onRemoved={() => void away({ to: '/dashboards' })}
                onFullScreen={tv.enter}
              />
              {mayWrite && <AddTile board={board} tiles={tiles} onSet={set} />}
            </>
          }
        />
        {!search.tv && <BoardFilters board={board} search={search} filters={filters} onChange={change} />}
        {tiles.length === 0 ? (
          <EmptyState
            title={t('boardEmpty')}
            text={t(mayWrite ? 'boardEmptyText' : 'boardEmptyRead')}
            picture={<BoardPicture />}
          />
        ) : (
          <BoardGrid
            tiles={tiles}
            onArrange={mayWrite && !narrow ? arrange : undefined}
            menu={
              search.tv
                ? undefined
                : (tile) => <TileMenu {...{ tile, tiles, title: titleOf(tile), onSet: set, source }} />
            }
            handle={(tile, startDrag) => (
              <MoveHandle
                {...{ tile, tiles, startDrag }}
                title={titleOf(tile)}
                onArrange={arrange}
                onSay={setSaid}
              />
            )}
            corner={(tile, startDrag) => <ResizeCorner id={tile.id} startDrag={startDrag} />}
          />
        )}
        <p id="board-handle-hint" className="hw-sr">
          {t('handleHint')}
        </p>
        <p aria-live="assertive" className="hw-sr">
          {said}
        </p>
      </div>
      {shown && analysis && (
        <PeopleDrawer
          question={source.questionOf(shown, analysis)}
          cell={search.cell as AnyCell | undefined}
          title={cellTitle || titleOf(shown)}
          onClose={() => change({ tile: undefined, cell: undefined })}
          onCell={(cell) => change({ cell: cell as Record<string, unknown> })}
        />
      )}
    </TileSourceProvider>
  )
}
