import { pipeline, Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { fitRow } from '#modules/imports/server/reading/fit-row.ts'
import type { Delimiter } from '#modules/imports/server/reading/guess-delimiter.ts'
import { nameColumns } from '#modules/imports/server/reading/name-columns.ts'
import type { Table, TableRow } from '#modules/imports/server/reading/table-row.ts'
import { takeApart } from '#modules/imports/server/reading/take-apart.ts'
import { AppError } from '#platform/errors.ts'

// A quote that is never closed would gather the rest of the file.
const longestRecord = 16 * 1024 * 1024

/** CSV and its kin: any of the delimiters, quoted line breaks, stray quotes taken literally. */
export async function readDelimited(text: AsyncIterable<string>, delimiter: Delimiter): Promise<Table> {
  const records = recordsOf(text, delimiter)
  const first = await records.next()
  if (first.done) throw new AppError('import.empty', 'invalid', 'The file has no rows.')
  const { number, record } = first.value
  const header = record.length === 1 ? (takeApart(record[0] ?? '', delimiter) ?? record) : record
  const { columns, warnings } = nameColumns(header)
  return { columns, warnings, rows: rowsOf(records, columns.length, delimiter, number) }
}

type Numbered = { number: number; record: string[] }

async function* rowsOf(
  records: AsyncGenerator<Numbered>,
  width: number,
  delimiter: Delimiter,
  header: number,
): AsyncGenerator<TableRow> {
  for await (const { number, record } of records) {
    const at = number - header + 1
    const apart =
      width > 1 && record.slice(1).every((cell) => cell === '') && takeApart(record[0] ?? '', delimiter)
    if (apart && apart.length === width) yield { ...fitRow(at, apart, width), repaired: true }
    else yield fitRow(at, record, width)
  }
}

/** Records with their number; empty lines are counted as a spreadsheet does, but not given. */
async function* recordsOf(text: AsyncIterable<string>, delimiter: Delimiter): AsyncGenerator<Numbered> {
  const parser = parse({
    delimiter,
    bom: true,
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: longestRecord,
  })
  // Failures reach the reader below through the parser, which pipeline destroys with them.
  pipeline(Readable.from(text), parser, () => undefined)
  let number = 0
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      number++
      if (record.length > 1 || record[0] !== '') yield { number, record }
    }
  } catch (error) {
    throw faultOf(error, number + 1)
  } finally {
    parser.destroy()
  }
}

function faultOf(error: unknown, row: number): unknown {
  if (!(error instanceof CsvError)) return error
  const details = { row }
  if (error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE')
    return new AppError(
      'import.open_quote',
      'invalid',
      `A quote that begins in row ${row} is never closed.`,
      {
        details,
      },
    )
  return new AppError('import.unreadable', 'invalid', `Row ${row} cannot be read.`, { details, cause: error })
}
