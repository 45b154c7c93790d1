import { parse } from 'csv-parse/sync'

export const delimiters = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

/** The delimiter that divides the first lines into most columns, most evenly; a comma when none divides them. */
export function guessDelimiter(start: string): Delimiter {
  const scored = delimiters.map((delimiter) => ({ delimiter, score: scoreOf(start, delimiter) }))
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a))
  return best.score > 0 ? best.delimiter : ','
}

function scoreOf(start: string, delimiter: Delimiter): number {
  const records = parseStart(start, delimiter)
  const width = records[0]?.length ?? 0
  if (width < 2) return 0
  const even = records.filter((record) => record.length === width).length
  return (even / records.length) * Math.log2(width)
}

function parseStart(start: string, delimiter: Delimiter): string[][] {
  const records: string[][] = []
  // The end of the piece may lie within a quoted cell: what was complete before counts.
  try {
    parse(start, {
      delimiter,
      bom: true,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: 50,
      on_record: (record: string[]) => {
        records.push(record)
        return null
      },
    })
  } catch (error) {
    if (records.length === 0 && !(error instanceof Error && 'code' in error)) throw error
  }
  return records
}
