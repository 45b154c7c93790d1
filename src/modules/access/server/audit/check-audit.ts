import { sql } from 'kysely'
import type { AccessDeps } from '#modules/access/server/access-deps.ts'
import { type AuditRow, auditKey, emptyHash, hashEntry } from '#modules/access/server/audit/hash-entry.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

export type AuditCheck = { intact: boolean; entries: number; head: string; brokenAt: number | null }
type Head = { length: number; hash: Buffer }

const pageSize = 2000

/**
 * Recomputes the chain. A bare chain hides a cut tail, so `anchor` takes a `head` of an earlier check, kept elsewhere:
 * the entry it names must still be there with the same hash.
 */
export async function checkAudit(deps: AccessDeps, ctx: WorkspaceCtx, anchor?: string): Promise<AuditCheck> {
  const wanted = anchor === undefined ? undefined : parseAnchor(anchor)
  return deps.database.read(ctx, async (tx) => {
    // The head first: entries appended while we read lie behind it.
    const head = await tx.row<Head>(
      sql`select length, hash from access.audit_head where workspace_id = ${tx.workspace}`,
    )
    const { length, hash } = head ?? { length: 0, hash: emptyHash }
    const brokenAt =
      (await firstBroken(deps, tx, { length, hash })) ??
      (wanted && !(await holds(tx, wanted)) ? Math.min(wanted.length, length + 1) : null)
    return {
      intact: brokenAt === null,
      entries: length,
      head: `${length}:${hash.toString('base64url')}`,
      brokenAt,
    }
  })
}

async function firstBroken(deps: AccessDeps, tx: Tx, head: Head): Promise<number | null> {
  const key = auditKey(deps.instanceKey)
  let previous: Buffer = emptyHash
  let seq = 0
  while (seq < head.length) {
    const rows = await tx.rows<AuditRow>(sql`select * from access.audit_log
      where workspace_id = ${tx.workspace} and seq > ${seq} and seq <= ${head.length} order by seq limit ${pageSize}`)
    if (rows.length === 0) return seq + 1
    for (const row of rows) {
      const right = row.seq === seq + 1 && hashEntry(key, previous, tx.workspace, row).equals(row.hash)
      if (!right) return seq + 1
      previous = row.hash
      seq = row.seq
    }
  }
  return previous.equals(head.hash) ? null : head.length
}

async function holds(tx: Tx, anchor: Head): Promise<boolean> {
  if (anchor.length === 0) return true
  const row = await tx.row<{ hash: Buffer }>(
    sql`select hash from access.audit_log where workspace_id = ${tx.workspace} and seq = ${anchor.length}`,
  )
  return row?.hash.equals(anchor.hash) ?? false
}

function parseAnchor(anchor: string): Head {
  const [, length, hash] = /^(\d{1,15}):([\w-]{43})$/.exec(anchor) ?? []
  if (!length || !hash)
    throw new AppError('access.bad_anchor', 'invalid', 'An anchor is the `head` of an earlier check.')
  return { length: Number(length), hash: Buffer.from(hash, 'base64url') }
}
