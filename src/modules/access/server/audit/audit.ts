import { sql } from 'kysely'
import type { AccessDeps } from '#modules/access/server/access-deps.ts'
import { type AuditRow, auditKey, emptyHash, hashEntry } from '#modules/access/server/audit/hash-entry.ts'
import type { Actor, WorkspaceCtx } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

export type AuditNote = {
  /** What happened, `noun.verb_past`: `member.disabled`. */
  action: string
  /** Public id of what it happened to. */
  subject?: string | null
  /** References and settings, never personal data: entries outlive an erasure. */
  details?: Record<string, unknown>
}

/** Appends to the workspace's audit chain in the caller's transaction; the head's row lock orders the entries. */
export async function audit(
  deps: Pick<AccessDeps, 'instanceKey'>,
  tx: Tx,
  ctx: Pick<WorkspaceCtx, 'actor' | 'now' | 'workspace'>,
  note: AuditNote,
): Promise<void> {
  const ws = ctx.workspace.num
  const head = await lockHead(tx, ws)
  const entry: Omit<AuditRow, 'hash'> = {
    seq: head.length + 1,
    at: new Date(ctx.now),
    actor_kind: ctx.actor.kind,
    actor_id: idOf(ctx.actor),
    actor_name: ctx.actor.name,
    action: note.action,
    subject: note.subject ?? null,
    details: JSON.parse(JSON.stringify(note.details ?? {})) as Record<string, unknown>,
  }
  const hash = hashEntry(auditKey(deps.instanceKey), head.hash, ws, entry)
  await tx.run(sql`
    insert into access.audit_log (workspace_id, seq, at, actor_kind, actor_id, actor_name, action, subject, details, hash)
    values (${ws}, ${entry.seq}, ${entry.at}, ${entry.actor_kind}, ${entry.actor_id}, ${entry.actor_name},
            ${entry.action}, ${entry.subject}, ${JSON.stringify(entry.details)}::jsonb, ${hash})`)
  await tx.run(
    sql`update access.audit_head set length = ${entry.seq}, hash = ${hash} where workspace_id = ${ws}`,
  )
}

async function lockHead(tx: Tx, ws: number): Promise<{ length: number; hash: Buffer }> {
  await tx.run(sql`insert into access.audit_head (workspace_id, length, hash) values (${ws}, 0, ${emptyHash})
    on conflict do nothing`)
  const head = await tx.row<{ length: number; hash: Buffer }>(
    sql`select length, hash from access.audit_head where workspace_id = ${ws} for update`,
  )
  return head as { length: number; hash: Buffer }
}

function idOf(actor: Actor): string | null {
  if (actor.kind === 'member') return actor.memberId
  if (actor.kind === 'api_key') return actor.keyId
  return actor.kind === 'user' ? actor.userId : null
}
