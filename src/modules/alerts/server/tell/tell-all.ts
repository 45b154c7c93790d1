import { sayAmount, sayBucket } from '#modules/alerts/alert-text.ts'
import type { AlertRow } from '#modules/alerts/server/alert-store.ts'
import type { AlertsDeps } from '#modules/alerts/server/alerts-deps.ts'
import { type Change, changeOf, type Told } from '#modules/alerts/server/tell/change-of.ts'
import { insertLetters } from '#modules/alerts/server/tell/letter-store.ts'
import { mailKind } from '#modules/alerts/server/tell/mail-job.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Everything an alert tells, in the transaction that notes what it found: notices, webhooks, letters to be sent. */
export async function tellAll(
  deps: Pick<AlertsDeps, 'notifier' | 'listeners' | 'mailer'>,
  tx: Tx,
  ctx: WorkspaceCtx,
  row: AlertRow,
  one: Told,
): Promise<void> {
  const change = changeOf(row, one, ctx.now)
  for (const member of row.tells)
    await deps.notifier.tell(tx, tx.workspace, { ...noticeOf(change), to: { member } })
  if (row.by_webhook && change.tell !== 'reminded')
    for (const listener of deps.listeners)
      await listener.changed(tx, tx.workspace, {
        ...change,
        type: `alert.${change.tell}`,
        only: row.endpoints,
      })
  if (!row.by_mail) return
  await insertLetters(tx, row.id, change, row.tells, ctx.now)
  for (const memberId of row.tells)
    await enqueue(tx, {
      kind: mailKind,
      payload: { alertId: row.id, key: change.key, memberId },
      key: `${change.key} ${memberId}`,
      title: row.name,
      memberId: row.member_id,
    })
}

function noticeOf({ tell, key, alert, bucket, value, unit, expected, href }: Change) {
  const edge = (amount: number | null) => (amount === null ? '' : sayAmount(amount, unit))
  return {
    type: tell === 'recovered' ? 'alert.recovered' : 'alert.fired',
    facts: {
      name: alert.name,
      bucket: sayBucket(bucket),
      value: sayAmount(value, unit),
      ...{ low: edge(expected.low), high: edge(expected.high) },
    },
    href,
    key,
  }
}
