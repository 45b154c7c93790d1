import { parse } from 'csv-parse/sync'
import type { Delimiter } from '#modules/imports/server/reading/guess-delimiter.ts'

/** The cells of a line that somebody's export quoted as a whole (`"a,b,""c"""`); undefined when it is no such line. */
export function takeApart(cell: string, delimiter: Delimiter): string[] | undefined {
  if (!cell.includes(delimiter)) return undefined
  const records: string[][] = parse(cell, { delimiter, relax_quotes: true, relax_column_count: true, to: 2 })
  return records.length === 1 ? records[0] : undefined
}
