import { dateText } from '#modules/imports/server/reading/cell-dates.ts'
import { collectText, type Sheet, type Workbook } from '#modules/imports/server/reading/open-workbook.ts'
import { readXml } from '#modules/imports/server/reading/read-xml.ts'

export type SheetRow = { number: number; cells: string[] }
type OpenCell = { column: number; type: string; style: number; value: string }

// Some 4 GB of sheet is a million rows of a hundred columns, the most a workbook can hold of that width.
const mostSheetBytes = 4 * 1024 ** 3
const mostCells = 16_384

/** The rows of a sheet that hold something, with the numbers the workbook gives them. */
export async function* sheetRows(book: Workbook, sheet: Sheet): AsyncGenerator<SheetRow> {
  let ready: SheetRow[] = []
  const stream = await book.archive.read(sheet.path, mostSheetBytes)
  for await (const _ of readXml(
    stream,
    rowHandler(book, (row) => ready.push(row)),
  )) {
    yield* ready
    ready = []
  }
}

function rowHandler(book: Workbook, done: (row: SheetRow) => void) {
  let row: SheetRow = { number: 0, cells: [] }
  let cell: OpenCell | undefined
  let inValue = false
  const inline = collectText((text) => {
    if (cell) cell.value = text
  }, 'is')
  return {
    open: (tag: string, attributes: Record<string, string>) => {
      if (tag === 'row') row = { number: Number(attributes.r ?? row.number + 1), cells: [] }
      else if (tag === 'c') cell = openCell(attributes, row.cells.length)
      else if (tag === 'v') inValue = true
      else inline.open(tag)
    },
    text: (text: string) => {
      if (inValue && cell) cell.value += text
      else inline.text(text)
    },
    close: (tag: string) => {
      if (tag === 'v') inValue = false
      else if (tag === 'c' && cell) {
        if (cell.column < mostCells) place(row.cells, cell.column, shownText(book, cell))
        cell = undefined
      } else if (tag === 'row') {
        if (row.cells.some((text) => text !== '')) done(row)
      } else inline.close(tag)
    },
  }
}

function openCell(attributes: Record<string, string>, next: number): OpenCell {
  const letters = /^[A-Z]+/.exec(attributes.r ?? '')?.[0]
  return {
    column: letters ? columnOf(letters) : next,
    type: attributes.t ?? 'n',
    style: Number(attributes.s ?? 0),
    value: '',
  }
}

/** `A` is 0, `AA` is 26. */
function columnOf(letters: string): number {
  let column = 0
  for (const letter of letters.slice(0, 4)) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

function place(cells: string[], column: number, text: string): void {
  while (cells.length < column) cells.push('')
  cells[column] = text
}

function shownText(book: Workbook, { type, style, value }: OpenCell): string {
  if (type === 's') return book.strings[Number(value)] ?? ''
  if (type === 'b') return value === '1' ? 'true' : value === '0' ? 'false' : ''
  if (type === 'e') return ''
  if (type === 'd') return value.replace('T', ' ')
  if (type !== 'n' || value === '') return value
  const number = Number(value)
  if (book.dateStyles[style]) return dateText(number, book.from1904) ?? value
  // A workbook keeps 15 digits; the rest is noise of binary fractions (0.30000000000000004).
  return Number.isFinite(number) ? String(Number(number.toPrecision(15))) : value
}
