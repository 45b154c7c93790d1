import { mostColumns, type RowFault } from '#modules/imports/server/reading/table-row.ts'
import { AppError } from '#platform/errors.ts'

const longestName = 200

/** Column names of a header line: trimmed, blank ones named by their place, repeated ones counted. */
export function nameColumns(header: readonly string[]): { columns: string[]; warnings: RowFault[] } {
  const width = header.findLastIndex((cell) => cell.trim() !== '') + 1
  if (width === 0) throw new AppError('import.no_header', 'invalid', 'The first row names no columns.')
  if (width > mostColumns)
    throw new AppError(
      'import.too_many_columns',
      'invalid',
      `A file may have ${mostColumns} columns at most.`,
      {
        details: { columns: width },
      },
    )
  const columns: string[] = []
  const warnings: RowFault[] = []
  const taken = new Set<string>()
  for (const [at, cell] of header.slice(0, width).entries()) {
    const said = cleanName(cell)
    const name = freeName(said === '' ? `Column ${at + 1}` : said, taken)
    if (said === '') warnings.push({ code: 'blank_header', details: { column: at + 1 } })
    else if (name !== said) warnings.push({ code: 'repeated_header', details: { name: said, as: name } })
    taken.add(name)
    columns.push(name)
  }
  return { columns, warnings }
}

const cleanName = (cell: string) =>
  cell
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .normalize('NFC')
    .slice(0, longestName)

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  for (let count = 2; ; count++) if (!taken.has(`${name} (${count})`)) return `${name} (${count})`
}
