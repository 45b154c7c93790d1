import { type Cell, longestCell, type TableRow } from '#modules/imports/server/reading/table-row.ts'

/** A row in the width of its table; what does not fit is said, never dropped silently. */
export function fitRow(number: number, cells: readonly Cell[], width: number): TableRow {
  const row: TableRow = { number, cells: cells.length === width ? [...cells] : resize(cells, width) }
  const surplus = cells.slice(width).filter((cell) => !isBlank(cell))
  if (surplus.length > 0)
    row.fault = { code: 'too_many_cells', details: { columns: width, cells: cells.length } }
  for (const cell of cells) {
    if (typeof cell !== 'string') continue
    if (cell.length > longestCell) row.fault ??= { code: 'cell_too_long', details: { limit: longestCell } }
    else if (cell.includes('\u0000')) row.fault ??= { code: 'nul_character' }
  }
  // What is kept for the error file must be storable and small, whatever the cell held.
  if (row.fault) row.cells = row.cells.map(showable)
  return row
}

function resize(cells: readonly Cell[], width: number): Cell[] {
  const fitted = cells.slice(0, width)
  while (fitted.length < width) fitted.push('')
  return fitted
}

const showable = (cell: Cell): Cell =>
  typeof cell === 'string' ? cell.replaceAll('\u0000', '').slice(0, 1000) : cell

export const isBlank = (cell: Cell | undefined): boolean =>
  cell === undefined || cell === null || (typeof cell === 'string' && cell.trim() === '')
