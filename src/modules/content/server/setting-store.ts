import { sql } from 'kysely'
import type { SmsRules } from '#modules/content/server/render/version.ts'
import type { Tx } from '#platform/pg/database.ts'

/** How text messages of this workspace are signed and left; nothing is added until somebody says so. */
export async function readSmsRules(tx: Tx): Promise<SmsRules> {
  const row = await tx.row<SmsRules>(sql`
    select signature, unsubscribe from content.sms_rules where workspace_id = ${tx.workspace}`)
  return row ?? { signature: '', unsubscribe: '' }
}

export const writeSmsRules = (tx: Tx, { signature, unsubscribe }: SmsRules): Promise<number> =>
  tx.run(sql`
    insert into content.sms_rules (workspace_id, signature, unsubscribe)
    values (${tx.workspace}, ${signature}, ${unsubscribe})
    on conflict (workspace_id) do update set signature = excluded.signature, unsubscribe = excluded.unsubscribe`)
