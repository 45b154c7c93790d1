import { fitRow } from '#modules/imports/server/reading/fit-row.ts'
import { nameColumns } from '#modules/imports/server/reading/name-columns.ts'
import type { Sheet, Workbook } from '#modules/imports/server/reading/open-workbook.ts'
import { type SheetRow, sheetRows } from '#modules/imports/server/reading/sheet-rows.ts'
import type { Table, TableRow } from '#modules/imports/server/reading/table-row.ts'
import { AppError } from '#platform/errors.ts'

/** One sheet of a workbook: the named one, else the first that is shown. */
export async function readWorkbook(book: Workbook, named?: string): Promise<Table> {
  const rows = sheetRows(book, chooseSheet(book.sheets, named))
  const first = await rows.next()
  if (first.done) throw new AppError('import.empty', 'invalid', 'The sheet has no rows.')
  const { columns, warnings } = nameColumns(first.value.cells)
  return { columns, warnings, rows: dataRows(rows, columns.length) }
}

function chooseSheet(sheets: readonly Sheet[], named: string | undefined): Sheet {
  const found =
    named === undefined
      ? (sheets.find((sheet) => !sheet.hidden) ?? sheets[0])
      : sheets.find((sheet) => sheet.name === named)
  if (found) return found
  throw new AppError('import.unknown_sheet', 'invalid', 'The workbook has no sheet of this name.', {
    details: { sheet: named },
  })
}

async function* dataRows(rows: AsyncGenerator<SheetRow>, width: number): AsyncGenerator<TableRow> {
  for await (const { number, cells } of rows) yield fitRow(number, cells, width)
}
