import { Readable } from 'node:stream'
import { reasonText } from '#modules/imports/reason-text.ts'
import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import { requireImport } from '#modules/imports/server/import-store.ts'
import { readFailed } from '#modules/imports/server/journal-store.ts'
import type { Cell } from '#modules/imports/server/reading/table-row.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

const rowsAtOnce = 1000

/**
 * Failed rows as a file that can be corrected and sent again: the original columns first, then row number, code and
 * reasons. UTF-8 with a mark and CRLF, because Excel shows anything else as garbage in Chinese.
 */
export async function errorFile(
  deps: Pick<ImportDeps, 'database'>,
  ctx: WorkspaceCtx,
  id: string,
): Promise<Readable> {
  const columns = await deps.database.read(ctx, async (tx) => {
    const row = await requireImport(tx, ctx, id)
    return row.survey?.columns.map((column) => column.name) ?? []
  })
  return Readable.from(linesOf(deps, ctx, id, columns))
}

async function* linesOf(
  deps: Pick<ImportDeps, 'database'>,
  ctx: WorkspaceCtx,
  id: string,
  columns: readonly string[],
): AsyncGenerator<string> {
  yield `\uFEFF${line([...columns, 'row', 'code', 'reason', '原因'])}`
  for (let after = 0; ; ) {
    const rows = await deps.database.read(ctx, (tx) => readFailed(tx, id, after, rowsAtOnce))
    const last = rows.at(-1)
    if (!last) return
    yield rows
      .map(({ row, code, details, cells }) =>
        line([
          ...columns.map((_, at) => cells[at] ?? ''),
          ...[row, code, reasonText(code, details, 'en'), reasonText(code, details, 'zh')],
        ]),
      )
      .join('')
    after = last.row
  }
}

const line = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`

// A cell that begins like a formula would be run by a spreadsheet; numbers and phones with a sign would not.
const formula = /^[=+\-@\t\r]/
const harmless = /^[+-]?[\d\s().,-]+$/

export function csvCell(cell: Cell): string {
  const said =
    typeof cell === 'string' ? cell : Array.isArray(cell) ? JSON.stringify(cell) : String(cell ?? '')
  const text = formula.test(said) && !harmless.test(said) ? `'${said}` : said
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
