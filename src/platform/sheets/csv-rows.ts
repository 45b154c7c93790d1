import { type Cell, cellText } from '#platform/sheets/cell.ts'

/** A CSV file (RFC 4180) piece by piece: byte order mark, because Excel takes it for the local code page without. */
export async function* csvRows(
  header: readonly string[],
  pages: AsyncIterable<readonly Cell[][]>,
): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(header)}`
  for await (const page of pages) yield page.map(csvLine).join('')
}

export const csvLine = (cells: readonly Cell[]): string => `${cells.map(field).join(',')}\r\n`

function field(cell: Cell): string {
  const text = typeof cell === 'number' ? String(cell) : harmless(cellText(cell))
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * Spreadsheet programs run what begins like this as a formula, the full-width forms too; with an apostrophe before it,
 * it is text. A negative number is a number.
 */
const harmless = (text: string): string =>
  /^[=+\-@＝＋－＠\t\r\n]/.test(text) && !/^-\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? `'${text}` : text
