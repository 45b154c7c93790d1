import type { Canonical } from '#modules/rules/index.ts'

/** What stands in a field of an export; undefined: nothing is known. */
export type Cell = Canonical | undefined

/** A value in words of its own: lists are joined, an instant is RFC 3339 already. */
export function cellText(cell: Cell): string {
  if (cell === undefined || cell === null) return ''
  return Array.isArray(cell) ? cell.join('; ') : String(cell)
}
