import { sql } from 'kysely'
import type { MessagingPolicy } from '#modules/consents/contract/shapes.ts'
import type { Tx } from '#platform/pg/database.ts'

/** What holds until somebody says otherwise: the careful way everywhere. */
export const defaultPolicy: MessagingPolicy = {
  unknown_consent: 'refuse',
  quiet_hours: { from: '21:00', to: '09:00' },
  frequency_cap: { messages: 3, days: 7 },
  confirm_days: 7,
  page: { name: null, colour: null, privacyUrl: null },
}

/** How messages may be sent in this workspace, as of this transaction. */
export async function readPolicy(tx: Tx): Promise<MessagingPolicy> {
  const row = await tx.row<MessagingPolicy>(sql`
    select unknown_consent, quiet_hours, frequency_cap, confirm_days, page from consents.policy
    where workspace_id = ${tx.workspace}`)
  return row ?? defaultPolicy
}

export async function writePolicy(tx: Tx, policy: MessagingPolicy, now: number): Promise<void> {
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value))
  await tx.run(sql`
    insert into consents.policy (workspace_id, unknown_consent, quiet_hours, frequency_cap, confirm_days, page, changed_at)
    values (${tx.workspace}, ${policy.unknown_consent}, ${json(policy.quiet_hours)}::jsonb,
      ${json(policy.frequency_cap)}::jsonb, ${policy.confirm_days}, ${json(policy.page)}::jsonb, ${new Date(now)})
    on conflict (workspace_id) do update set unknown_consent = excluded.unknown_consent,
      quiet_hours = excluded.quiet_hours, frequency_cap = excluded.frequency_cap,
      confirm_days = excluded.confirm_days, page = excluded.page, changed_at = excluded.changed_at`)
}
