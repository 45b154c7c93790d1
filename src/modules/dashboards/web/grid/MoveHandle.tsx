import { HolderOutlined } from '@ant-design/icons'
import { type KeyboardEvent, useRef } from 'react'
import { useWords } from '#ui/i18n.ts'
import type { Tile } from '../../contract/board.ts'
import { dashboardsWords } from '../dashboards-words.ts'
import { inReadingOrder, resizeTile, stepTile } from './layout.ts'
import type { Drag } from './use-drag.ts'

const steps: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

type Props = {
  tile: Tile
  title: string
  tiles: readonly Tile[]
  startDrag: Drag['start']
  onArrange: (tiles: Tile[], id: string) => void
  /** Told to a screen reader. */
  onSay: (text: string) => void
}

/** Dragged by pointer; by keyboard arrows move, with Shift they resize, Escape takes back what was done since it had the focus. */
export function MoveHandle({ tile, title, tiles, startDrag, onArrange, onSay }: Props) {
  const t = useWords(dashboardsWords)
  const before = useRef<readonly Tile[] | undefined>(undefined)
  const act = (event: KeyboardEvent<HTMLButtonElement>) => {
    if (event.key === 'Escape' && before.current && before.current !== tiles) {
      event.preventDefault()
      onArrange([...before.current], tile.id)
      onSay(t('takenBack'))
      return
    }
    const step = steps[event.key]
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    before.current ??= tiles
    const [dx, dy] = step
    const next = event.shiftKey
      ? resizeTile(tiles, tile.id, { w: tile.w + dx, h: tile.h + dy })
      : stepTile(tiles, tile.id, dx, dy)
    const now = next.find(({ id }) => id === tile.id) as Tile
    if (now.x === tile.x && now.y === tile.y && now.w === tile.w && now.h === tile.h)
      return onSay(t('cannot'))
    onArrange(next, tile.id)
    onSay(t('at', { title, column: now.x + 1, row: rowOf(next, now), w: now.w, h: now.h }))
  }
  return (
    <button
      type="button"
      className="board-handle"
      id={`handle-${tile.id}`}
      aria-label={t('handle', { title })}
      aria-describedby="board-handle-hint"
      title={t('handleHint')}
      onPointerDown={(event) => startDrag(event, tile.id, 'move')}
      onKeyDown={act}
      onBlur={() => {
        before.current = undefined
      }}
    >
      <HolderOutlined aria-hidden="true" />
    </button>
  )
}

/** Which row of tiles it stands in, counted as people do. */
function rowOf(tiles: readonly Tile[], tile: Tile): number {
  const tops = [...new Set(inReadingOrder(tiles).map(({ y }) => y))]
  return tops.indexOf(tile.y) + 1
}
