import { boardLimits, leastTile, type Tile } from '../../contract/board.ts'

export type Place = Pick<Tile, 'id' | 'x' | 'y' | 'w' | 'h'>
const columns = boardLimits.columns

export const overlaps = (a: Place, b: Place): boolean =>
  a.id !== b.id && a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h

/** As people read: row by row, from the left. */
export const inReadingOrder = <T extends Place>(tiles: readonly T[]): T[] =>
  tiles.toSorted((a, b) => a.y - b.y || a.x - b.x || (a.id < b.id ? -1 : 1))

/** Everything as far up as it goes, nothing over another; tiles keep the order `rank` gives them. */
function settle<T extends Place>(tiles: readonly T[], rank: (tile: T) => number): T[] {
  const placed: T[] = []
  for (const tile of tiles.toSorted((a, b) => rank(a) - rank(b) || a.x - b.x || (a.id < b.id ? -1 : 1))) {
    let here = tile
    for (let under = over(placed, here); under; under = over(placed, here))
      here = { ...here, y: under.y + under.h }
    while (here.y > 0 && !over(placed, { ...here, y: here.y - 1 })) here = { ...here, y: here.y - 1 }
    placed.push(here)
  }
  const byId = new Map(placed.map((tile) => [tile.id, tile]))
  return tiles.map((tile) => byId.get(tile.id) as T)
}

const over = (placed: readonly Place[], tile: Place) => placed.find((other) => overlaps(other, tile))
const middle = (tile: Place) => tile.y + tile.h / 2

/** What was saved, made to fit: whoever wrote it by the API need not have packed it. */
export const pack = <T extends Place>(tiles: readonly T[]): T[] => settle(tiles, middle)

/**
 * One tile put elsewhere; the rest makes room. It passes another once its leading edge passes the other's middle, so a tile
 * is swapped with the one below by dragging it half over it. Two of one size beside each other change places.
 */
export function moveTile<T extends Place>(
  tiles: readonly T[],
  id: string,
  to: { x: number; y: number },
): T[] {
  const from = tiles.find((tile) => tile.id === id)
  if (!from) return [...tiles]
  const x = clamp(to.x, 0, columns - from.w)
  const y = clamp(to.y, 0, boardLimits.rows)
  const moved = { ...from, x, y }
  const edge = y > from.y ? y + from.h : y
  const next = tiles.map((tile) => (tile.id === id ? moved : swapped(tile, from, moved)))
  return settle(next, (tile) => (tile.id === id ? edge : middle(tile)))
}

function swapped<T extends Place>(tile: T, from: Place, moved: Place): T {
  const isTwin = tile.id !== from.id && tile.y === from.y && tile.w === from.w && tile.h === from.h
  const isReached = Math.abs(tile.x - moved.x) * 2 <= tile.w && moved.y === from.y
  return isTwin && isReached ? { ...tile, x: from.x } : tile
}

/** One tile made wider or taller, from its left upper corner; the rest makes room. */
export function resizeTile<T extends Place>(
  tiles: readonly T[],
  id: string,
  to: { w: number; h: number },
): T[] {
  const old = tiles.find((tile) => tile.id === id)
  if (!old) return [...tiles]
  const w = clamp(to.w, leastTile.w, columns - old.x)
  const h = clamp(to.h, leastTile.h, boardLimits.tall)
  const next = tiles.map((tile) => (tile.id === id ? { ...tile, w, h } : tile))
  return settle(next, (tile) => (tile.id === id ? old.y : middle(tile)))
}

/** A step by keyboard: the shortest way in that direction by which something changes. */
export function stepTile<T extends Place>(tiles: readonly T[], id: string, dx: number, dy: number): T[] {
  const at = tiles.find((tile) => tile.id === id)
  if (!at) return [...tiles]
  const most = dx === 0 ? Math.max(...tiles.map((tile) => tile.y + tile.h)) : columns
  for (let n = 1; n <= most; n++) {
    const next = moveTile(tiles, id, { x: at.x + dx * n, y: at.y + dy * n })
    const now = next.find((tile) => tile.id === id)
    if (now && (now.x !== at.x || now.y !== at.y)) return next
  }
  return [...tiles]
}

/** How many units the whole is tall. */
export const bottomOf = (tiles: readonly Place[]): number =>
  Math.max(0, ...tiles.map((tile) => tile.y + tile.h))

const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most)
