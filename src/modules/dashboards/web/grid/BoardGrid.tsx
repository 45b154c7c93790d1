import { type CSSProperties, type ReactNode, useRef } from 'react'
import { useIsNarrow } from '#ui/display.tsx'
import type { Tile } from '../../contract/board.ts'
import { TileBody } from '../tiles/TileBody.tsx'
import { bottomOf, inReadingOrder, type Place, pack } from './layout.ts'
import { type Drag, useDrag } from './use-drag.ts'

/** A unit of the grid with its gap, in pixels. */
export const unit = 40
const gap = 12

type Props = {
  tiles: readonly Tile[]
  /** Left out: nothing can be moved. */
  onArrange?: ((tiles: Tile[], id: string) => void) | undefined
  menu?: (tile: Tile) => ReactNode
  handle?: (tile: Tile, startDrag: Drag['start']) => ReactNode
  corner?: (tile: Tile, startDrag: Drag['start']) => ReactNode
}

/** Twelve columns; on a phone one, in reading order. Tiles stand in the document as they are read. */
export function BoardGrid({ tiles, onArrange, menu, handle, corner }: Props) {
  const narrow = useIsNarrow()
  const box = useRef<HTMLDivElement>(null)
  const packed = pack(tiles)
  const order = useSteadyOrder(packed)
  const drag = useDrag({ box, tiles: packed, unit, gap, onDone: onArrange })
  if (narrow)
    return (
      <div className="board-column">
        {inReadingOrder(packed).map((tile) => (
          <div
            key={tile.id}
            className="board-place"
            style={{ minHeight: tile.h * unit - gap }}
            data-kind={tile.kind}
          >
            <TileBody tile={tile} menu={menu?.(tile)} />
          </div>
        ))}
      </div>
    )
  const shown = drag.preview ?? packed
  const held = drag.held
  return (
    <div ref={box} className="board-grid" style={{ height: bottomOf(shown) * unit }}>
      {held && (
        <div className="board-ghost" style={placed(shown.find(({ id }) => id === held.id) as Place)} />
      )}
      {order.map((id) => {
        const tile = shown.find((one) => one.id === id) as Tile
        const isHeld = held?.id === id
        return (
          <div
            key={id}
            className={`board-place${isHeld ? ' board-held' : ''}`}
            data-kind={tile.kind}
            style={isHeld ? held.style : placed(tile)}
          >
            <TileBody tile={tile} menu={menu?.(tile)} handle={onArrange && handle?.(tile, drag.start)} />
            {onArrange && corner?.(tile, drag.start)}
          </div>
        )
      })}
    </div>
  )
}

/** Reading order, but for as long as a tile is moved by keyboard: whoever moves within the document loses the focus. */
function useSteadyOrder(tiles: readonly Tile[]): string[] {
  const kept = useRef<string[]>([])
  const isMoving = document.activeElement?.classList.contains('board-handle') ?? false
  const isSame = kept.current.length === tiles.length && tiles.every(({ id }) => kept.current.includes(id))
  if (!isMoving || !isSame) kept.current = inReadingOrder(tiles).map(({ id }) => id)
  return kept.current
}

function placed({ x, y, w, h }: Place): CSSProperties {
  return {
    left: `calc(${x} * (100% + ${gap}px) / 12)`,
    width: `calc(${w} * (100% + ${gap}px) / 12 - ${gap}px)`,
    top: y * unit,
    height: h * unit - gap,
  }
}
