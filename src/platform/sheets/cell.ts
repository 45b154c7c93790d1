type Plain = string | number | boolean
/** What stands in a field of a file; undefined: nothing is known. */
export type Cell = Plain | readonly Plain[] | null | undefined

/** A value in words of its own: lists are joined, an instant is RFC 3339 already. */
export function cellText(cell: Cell): string {
  if (cell === undefined || cell === null) return ''
  return Array.isArray(cell) ? cell.join('; ') : String(cell)
}
