import { type AccessDeps, forgetAnswers } from '#modules/access/server/access-deps.ts'
import { audit } from '#modules/access/server/audit/audit.ts'
import { afterOf, pageByTime } from '#modules/access/server/keys/page-by-time.ts'
import {
  insertWriteKey,
  listWriteKeyRows,
  renameWriteKeyRow,
  revokeWriteKeyRow,
  type WriteKeyKind,
  type WriteKeyRow,
} from '#modules/access/server/keys/write-key-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'

export async function listWriteKeys(deps: AccessDeps, ctx: WorkspaceCtx, query: PageQuery) {
  const rows = await deps.database.read(ctx, (tx) => listWriteKeyRows(tx, query.limit + 1, afterOf(query)))
  return pageByTime(rows, query.limit, presentWriteKey)
}

export async function createWriteKey(
  deps: AccessDeps,
  ctx: WorkspaceCtx,
  input: { name: string; kind: WriteKeyKind },
) {
  const row = await deps.database.write(ctx, async (tx) => {
    const made = await insertWriteKey(tx, tx.workspace, { ...input, now: ctx.now })
    await audit(deps, tx, ctx, {
      action: 'write_key.created',
      subject: made.id,
      details: { name: made.name },
    })
    return made
  })
  return presentWriteKey(row)
}

export async function renameWriteKey(deps: AccessDeps, ctx: WorkspaceCtx, id: string, name: string) {
  const row = await deps.database.write(ctx, async (tx) => {
    const renamed = await renameWriteKeyRow(tx, id, name)
    if (!renamed) throw keyMissing()
    await audit(deps, tx, ctx, { action: 'write_key.renamed', subject: id, details: { name } })
    return renamed
  })
  forgetAnswers(deps)
  return presentWriteKey(row)
}

export async function revokeWriteKey(deps: AccessDeps, ctx: WorkspaceCtx, id: string): Promise<void> {
  await deps.database.write(ctx, async (tx) => {
    if ((await revokeWriteKeyRow(tx, id, ctx.now)) === 0) throw keyMissing()
    await audit(deps, tx, ctx, { action: 'write_key.revoked', subject: id })
  })
  forgetAnswers(deps)
}

const keyMissing = () =>
  new AppError('access.key_missing', 'missing', 'There is no such key, or it is revoked.')

const presentWriteKey = (row: WriteKeyRow) => ({
  id: row.id,
  key: row.key,
  name: row.name,
  kind: row.kind,
  createdAt: row.created_at.toISOString(),
  revokedAt: row.revoked_at?.toISOString() ?? null,
})
