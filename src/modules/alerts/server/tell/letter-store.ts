import { sql } from 'kysely'
import type { Change } from '#modules/alerts/server/tell/change-of.ts'
import type { Tx } from '#platform/pg/database.ts'

export type LetterRow = { change: Change; created_at: Date; sent_at: Date | null }
type Letter = { alert: string; key: string; member: string }

export const insertLetters = (
  tx: Tx,
  alert: string,
  change: Change,
  members: readonly string[],
  now: number,
): Promise<number> =>
  tx.run(sql`
    insert into alerts.letter (workspace_id, alert_id, key, member_id, change, created_at)
    select ${tx.workspace}::int, ${alert}, ${change.key}, m.id, ${JSON.stringify(change)}::jsonb, ${new Date(now)}::timestamptz
    from unnest(${[...members]}::text[]) as m (id) on conflict do nothing`)

export const readLetter = (tx: Tx, { alert, key, member }: Letter): Promise<LetterRow | undefined> =>
  tx.row<LetterRow>(sql`
    select change, created_at, sent_at from alerts.letter
    where workspace_id = ${tx.workspace} and alert_id = ${alert} and key = ${key} and member_id = ${member}`)

export const noteSent = (tx: Tx, { alert, key, member }: Letter, now: number): Promise<number> =>
  tx.run(sql`
    update alerts.letter set sent_at = ${new Date(now)}
    where workspace_id = ${tx.workspace} and alert_id = ${alert} and key = ${key} and member_id = ${member}`)

export const forgetLetters = (tx: Tx, before: number): Promise<number> =>
  tx.run(
    sql`delete from alerts.letter where workspace_id = ${tx.workspace} and created_at < ${new Date(before)}`,
  )
