import { createHmac } from 'node:crypto'
import { canonicalJson } from '#modules/access/server/audit/canonical-json.ts'

export type AuditRow = {
  seq: number
  at: Date
  actor_kind: string
  actor_id: string | null
  actor_name: string
  action: string
  subject: string | null
  details: Record<string, unknown>
  hash: Buffer
}

export const emptyHash = Buffer.alloc(32)

/** Key of the chain: derived, so that the instance key itself is used for nothing. */
export const auditKey = (instanceKey: Buffer): Buffer =>
  createHmac('sha256', instanceKey).update('headwater audit log 1').digest()

/** h = HMAC(key, h of the entry before || workspace || entry): no entry can be changed, dropped or moved unseen. */
export function hashEntry(
  key: Buffer,
  previous: Buffer,
  workspace: number,
  entry: Omit<AuditRow, 'hash'>,
): Buffer {
  const { seq, at, actor_kind, actor_id, actor_name, action, subject, details } = entry
  const text = canonicalJson({
    workspace,
    seq,
    at: at.toISOString(),
    actor_kind,
    actor_id,
    actor_name,
    action,
    subject,
    details,
  })
  return createHmac('sha256', key).update(previous).update(text).digest()
}
