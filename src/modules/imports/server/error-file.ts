import { Readable } from 'node:stream'
import { reasonText } from '#modules/imports/reason-text.ts'
import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import { type ImportRow, requireImport } from '#modules/imports/server/import-store.ts'
import { readFailed } from '#modules/imports/server/journal-store.ts'
import type { Identifier } from '#modules/imports/server/mapping/read-row.ts'
import type { Cell } from '#modules/imports/server/reading/table-row.ts'
import { type Mask, noMask, sightOf } from '#modules/profiles/index.ts'
import { actorKey, type WorkspaceCtx } from '#platform/context.ts'

const rowsAtOnce = 1000

/**
 * Failed rows as a file that can be corrected and sent again: the original columns first, then row number, code and
 * reasons. UTF-8 with a mark and CRLF, because Excel shows anything else as garbage in Chinese.
 */
export async function errorFile(
  deps: Pick<ImportDeps, 'database' | 'profiles' | 'audit'>,
  ctx: WorkspaceCtx,
  id: string,
): Promise<Readable> {
  const row = await deps.database.read(ctx, (tx) => requireImport(tx, ctx, id))
  const columns = (row.survey?.columns ?? []).map(({ name }) => ({ name, called: calledIn(row, name) }))
  const mask = await maskOfFile(deps, ctx, row)
  return Readable.from(linesOf(deps, ctx, id, { columns, mask }))
}

/** What a column is called in the file, and what it is taken for. */
type Column = { name: string; called: Identifier['kind'] | undefined }

function calledIn({ spec }: ImportRow, column: string): string | undefined {
  if (spec.key.column === column) return spec.kind === 'companies' ? undefined : spec.key.kind
  const use = Object.hasOwn(spec.columns, column) ? spec.columns[column] : undefined
  if (use === undefined || 'skip' in use || 'time' in use || 'event' in use) return undefined
  if ('identifier' in use) return use.identifier
  const named = 'attribute' in use ? use.attribute : use.property
  return named === true ? column : named
}

function maskCell(mask: Mask, { name, called }: Column, cell: Cell): Cell {
  if (mask.full || called === undefined) return mask.named(name, cell) as Cell
  if (mask.isKind(called) && cell !== '') return mask.identifier({ kind: called, value: String(cell) }).value
  return mask.named(mask.isNamed(name) ? name : called, cell) as Cell
}

async function* linesOf(
  deps: Pick<ImportDeps, 'database'>,
  ctx: WorkspaceCtx,
  id: string,
  { columns, mask }: { columns: readonly Column[]; mask: Mask },
): AsyncGenerator<string> {
  yield `\uFEFF${line([...columns.map((column) => column.name), 'row', 'code', 'reason', '原因'])}`
  for (let after = 0; ; ) {
    const rows = await deps.database.read(ctx, (tx) => readFailed(tx, id, after, rowsAtOnce))
    const last = rows.at(-1)
    if (!last) return
    yield rows
      .map(({ row, code, details, cells }) =>
        line([
          ...columns.map((column, at) => maskCell(mask, column, cells[at] ?? '')),
          ...[row, code],
          ...(['en', 'zh'] as const).map((language) => mask.text(reasonText(code, details, language))),
        ]),
      )
      .join('')
    after = last.row
  }
}

/**
 * Whose file it is gets it as they sent it: they know it, and must be able to correct it. Others see what they see of
 * people; who may look at full values gets them, and that is noted.
 */
async function maskOfFile(
  deps: Pick<ImportDeps, 'database' | 'profiles' | 'audit'>,
  ctx: WorkspaceCtx,
  row: ImportRow,
): Promise<Mask> {
  if (row.made_by === actorKey(ctx.actor)) return noMask
  if (sightOf(ctx) !== 'reveal')
    return row.spec.kind === 'companies' ? deps.profiles.maskOfCompanies(ctx) : deps.profiles.mask(ctx)
  await deps.database.write(ctx, (tx) =>
    deps.audit(tx, ctx, { action: 'import.errors_downloaded', subject: row.id }),
  )
  return noMask
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
