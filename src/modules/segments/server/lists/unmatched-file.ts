import { Readable } from 'node:stream'
import { type Mask, sightOf } from '#modules/profiles/index.ts'
import type { UnmatchedReason } from '#modules/segments/contract.ts'
import { requireChange } from '#modules/segments/server/lists/change-list.ts'
import { readUnmatched } from '#modules/segments/server/lists/change-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import { actorKey, type WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

const rowsAtOnce = 1000
const said: Record<UnmatchedReason, readonly [en: string, zh: string]> = {
  empty: ['The cell is empty', '单元格为空'],
  invalid: ['Not a valid identifier of this kind', '不是这种标识的有效写法'],
  unknown: ['Nobody you can see has it', '你能看到的客户里没有这个标识'],
}

/**
 * Rows of a change that found nobody, to be corrected and sent again. Of a long list of values who sees them masked is
 * told those that are wrong in themselves: which of the others somebody has would be told value by value.
 */
export async function unmatchedFile(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  segment: string,
  id: string,
): Promise<Readable> {
  const change = await deps.database.read(ctx, (tx) => requireChange(tx, segment, id))
  // They were typed in by whoever made the change; others may not be meant to see whom.
  const isTheirs = change.actor === actorKey(ctx.actor)
  if (!ctx.scope.all && !isTheirs)
    throw new AppError('segment.change_missing', 'missing', 'The list has no such change.')
  // Who sent it knows it, and must be able to correct it; who may not see such values gets them masked.
  const faults = change.together && sightOf(ctx) === 'blind'
  const mask = isTheirs || ctx.permissions.has('people:unmask') ? undefined : await deps.profiles.mask(ctx)
  return Readable.from(linesOf(deps, ctx, change.number, { mask, faults }))
}

async function* linesOf(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  change: number,
  { mask, faults }: { mask: Mask | undefined; faults: boolean },
): AsyncGenerator<string> {
  yield `\uFEFF${line(['value', 'kind', 'row', 'code', 'reason', '原因'])}`
  for (let after = 0; ; ) {
    const rows = await deps.database.read(ctx, (tx) =>
      readUnmatched(tx, change, { after, limit: rowsAtOnce, faults }),
    )
    const last = rows.at(-1)
    if (!last) return
    yield rows
      .map(({ value, kind, row, reason }) =>
        line([
          mask ? mask.identifier({ kind, value }).value : value,
          kind,
          `${row}`,
          reason,
          ...said[reason],
        ]),
      )
      .join('')
    after = last.row
  }
}

const line = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`

// A cell that begins like a formula would be run by a spreadsheet; numbers and phones with a sign would not.
const formula = /^[=+\-@\t\r]/
const harmless = /^[+-]?[\d\s().,-]+$/
function cell(text: string): string {
  const safe = formula.test(text) && !harmless.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
