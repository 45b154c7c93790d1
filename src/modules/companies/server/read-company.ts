import { isInScope } from '#modules/access/index.ts'
import { type CircleKind, type CircleRow, readCircle } from '#modules/companies/server/circle-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

/** A company the caller may see, or `company.missing`. */
export async function requireCompany(tx: Tx, ctx: WorkspaceCtx, id: string): Promise<CircleRow> {
  const row = await readCircle(tx, 'company', id)
  if (!row || row.deletedAt !== null || !isInScope(ctx.scope, row)) throw missing('company')
  return row
}

export const missing = (kind: CircleKind): AppError =>
  kind === 'company'
    ? new AppError('company.missing', 'missing', 'There is no such company.')
    : new AppError('household.missing', 'missing', 'There is no such household.')
