/** What one cell holds. Text files and workbooks give text; JSON lines may give the rest. */
export type Cell = string | number | boolean | null | readonly unknown[]

/** Why a row cannot be used: a code and what the sentence about it mentions. */
export type RowFault = { code: string; details?: Record<string, string | number> }

export type TableRow = {
  /** As a spreadsheet counts: the header is row 1. */
  number: number
  cells: Cell[]
  /** The whole line had been quoted into one cell and was taken apart. */
  repaired?: true
  fault?: RowFault
}

/** A file as a table: its columns first, then its rows, read as they are asked for. */
export type Table = {
  columns: string[]
  /** About the table itself, e.g. a header that was there twice. */
  warnings: RowFault[]
  rows: AsyncIterable<TableRow>
}

export const mostColumns = 500
// Longer texts are no attribute anybody filters by, and one item of the log holds 256 kB.
export const longestCell = 1_000_000
