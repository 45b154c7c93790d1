import { type CSSProperties, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { Tile } from '../../contract/board.ts'
import { moveTile, resizeTile } from './layout.ts'

type Mode = 'move' | 'resize'
type Held = { id: string; mode: Mode; dx: number; dy: number; box: DOMRect; place: DOMRect }
type Given = {
  box: RefObject<HTMLDivElement | null>
  tiles: readonly Tile[]
  unit: number
  gap: number
  onDone?: ((tiles: Tile[], id: string) => void) | undefined
}
export type Drag = {
  start: (event: PointerEvent<HTMLElement>, id: string, mode: Mode) => void
  /** What is held, and where it hangs under the pointer. */
  held: { id: string; style: CSSProperties } | undefined
  /** The board as it would be. */
  preview: Tile[] | undefined
}

// So close to an edge of the screen the page moves along.
const edge = 56
const stepPixels = 14

/** Moves and resizes by pointer: mouse, pen and finger. Escape lets go without a change. */
export function useDrag({ box, tiles, unit, gap, onDone }: Given): Drag {
  const [held, setHeld] = useState<Held>()
  const from = useRef({ x: 0, y: 0, scroll: 0 })
  const base = useRef<readonly Tile[]>(tiles)
  const next = held && arranged(base.current, held, unit, gap)
  const latest = useRef(next)
  latest.current = next
  useEffect(() => {
    const id = held?.id
    if (id === undefined) return
    const scroller = box.current?.closest('.board-tv, .hw-main') ?? document.documentElement
    const follow = (event: globalThis.PointerEvent) => {
      if (event.clientY > window.innerHeight - edge) scroller.scrollBy(0, stepPixels)
      if (event.clientY < edge + 60) scroller.scrollBy(0, -stepPixels)
      const dx = event.clientX - from.current.x
      const dy = event.clientY - from.current.y + scroller.scrollTop - from.current.scroll
      setHeld((old) => old && { ...old, dx, dy })
    }
    const finish = () => {
      const result = latest.current
      setHeld(undefined)
      if (result && !isSame(result, base.current)) onDone?.(result, id)
    }
    const letGo = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setHeld(undefined)
    }
    const drop = () => setHeld(undefined)
    window.addEventListener('pointermove', follow)
    window.addEventListener('pointerup', finish)
    window.addEventListener('pointercancel', drop)
    window.addEventListener('keydown', letGo)
    return () => {
      window.removeEventListener('pointermove', follow)
      window.removeEventListener('pointerup', finish)
      window.removeEventListener('pointercancel', drop)
      window.removeEventListener('keydown', letGo)
    }
  }, [held?.id, box, onDone])
  const start: Drag['start'] = (event, id, mode) => {
    const place = event.currentTarget.closest('.board-place')?.getBoundingClientRect()
    const whole = box.current?.getBoundingClientRect()
    if (event.button !== 0 || !place || !whole) return
    event.preventDefault()
    const scroller = box.current?.closest('.board-tv, .hw-main') ?? document.documentElement
    base.current = tiles
    from.current = { x: event.clientX, y: event.clientY, scroll: scroller.scrollTop }
    setHeld({ id, mode, dx: 0, dy: 0, box: whole, place })
  }
  return { start, held: held && { id: held.id, style: hanging(held) }, preview: next }
}

function arranged(
  tiles: readonly Tile[],
  { id, mode, dx, dy, box }: Held,
  unit: number,
  gap: number,
): Tile[] {
  const tile = tiles.find((one) => one.id === id)
  if (!tile) return [...tiles]
  const column = (box.width + gap) / 12
  const [across, down] = [Math.round(dx / column), Math.round(dy / unit)]
  return mode === 'move'
    ? moveTile(tiles, id, { x: tile.x + across, y: tile.y + down })
    : resizeTile(tiles, id, { w: tile.w + across, h: tile.h + down })
}

function hanging({ mode, dx, dy, box, place }: Held): CSSProperties {
  const [left, top] = [place.left - box.left, place.top - box.top]
  return mode === 'move'
    ? { left: left + dx, top: top + dy, width: place.width, height: place.height }
    : { left, top, width: Math.max(120, place.width + dx), height: Math.max(70, place.height + dy) }
}

const isSame = (a: readonly Tile[], b: readonly Tile[]) =>
  a.every((one, at) => {
    const other = b[at]
    return other && one.x === other.x && one.y === other.y && one.w === other.w && one.h === other.h
  })
