import { Readable } from 'node:stream'
import type { z } from 'zod'
import type { sheetRoutes } from '#modules/analytics/contract/sheet.ts'
import { xlsxBook } from '#platform/sheets/xlsx-book.ts'

/** A table as a workbook, as it is made. */
export function sheetFile({ title, header, rows }: z.output<typeof sheetRoutes.sheet.body>): Readable {
  async function* pages() {
    yield rows
  }
  return Readable.from(xlsxBook(title, header, pages()))
}
