import { sql } from 'kysely'
import type { WebhookType } from '#modules/webhooks/contract.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

export type NewMessage = {
  id: string
  type: WebhookType
  body: string
  people: number
  segment: string | null
  /** Only to these endpoints; null: to all that ask for the type. */
  endpoints: readonly string[] | null
  /** What happened, so that it is noted once however often it is told. */
  key: string
}

/** Which types somebody wants to be told of, in these workspaces; nothing at all, as a rule. */
export async function wantedTypes(
  tx: Tx,
  workspaces: readonly number[],
): Promise<Map<number, Set<WebhookType>>> {
  const rows = await tx.rows<{ workspace: number; types: WebhookType[] }>(sql`
    select workspace_id as workspace, types from webhooks.endpoint where workspace_id = any(${workspaces}::int[])`)
  const wanted = Map.groupBy(rows, (row) => row.workspace)
  return new Map([...wanted].map(([num, ones]) => [num, new Set(ones.flatMap((one) => one.types))]))
}

const asksFor = sql`m.type = any(e.types) and (e.segments is null or m.segment_id is null or m.segment_id = any(e.segments))
  and (m.endpoints is null or e.id = any(m.endpoints))`

/** Messages somebody wants, and to whom they go; one whose key is there already is not written again. */
export async function noteMessages(
  tx: Tx,
  workspace: number,
  messages: readonly NewMessage[],
  at: number,
): Promise<void> {
  if (messages.length === 0) return
  const now = new Date(at)
  await tx.run(sql`
    with m as (
      select id, type, body, people, segment as segment_id, endpoints, key
      from jsonb_to_recordset(${JSON.stringify(messages)}::jsonb)
        as r (id text, type text, body text, people int, segment text, endpoints text[], key text)),
    noted as (
      insert into webhooks.message (workspace_id, id, type, body, people, segment_id, change_key, created_at)
      select ${workspace}::int, m.id, m.type, m.body, m.people, m.segment_id, m.key, ${now}::timestamptz
      from m where exists (select from webhooks.endpoint e where e.workspace_id = ${workspace} and ${asksFor})
      on conflict (workspace_id, change_key) do nothing
      returning id)
    insert into webhooks.delivery (workspace_id, endpoint_id, message_id, state, next_at, created_at)
    select ${workspace}::int, e.id, m.id, case when e.off_reason is null then 'waiting' else 'skipped' end,
      case when e.off_reason is null then ${now}::timestamptz end, ${now}::timestamptz
    from noted join m on m.id = noted.id join webhooks.endpoint e on e.workspace_id = ${workspace} and ${asksFor}`)
}

/** A message for one endpoint alone, which is not tried again. */
export async function noteTest(
  tx: Tx,
  endpoint: string,
  message: { id: string; body: string },
  at: number,
): Promise<void> {
  const now = new Date(at)
  await tx.run(sql`
    insert into webhooks.message (workspace_id, id, type, body, people, change_key, created_at)
    values (${tx.workspace}, ${message.id}, 'webhook.test', ${message.body}, 0, ${message.id}, ${now})`)
  await tx.run(sql`
    insert into webhooks.delivery (workspace_id, endpoint_id, message_id, state, created_at)
    values (${tx.workspace}, ${endpoint}, ${message.id}, 'skipped', ${now})`)
}

export async function readBody(tx: Tx, id: string): Promise<string> {
  const row = await tx.row<{ body: string }>(
    sql`select body from webhooks.message where workspace_id = ${tx.workspace} and id = ${id}`,
  )
  if (!row) throw new AppError('webhook.message_missing', 'missing', 'There is no such message any more.')
  return row.body
}

/** Messages from before that moment, with their deliveries and attempts; so many at most. */
export const forgetMessages = (tx: Tx, before: number, most: number): Promise<number> =>
  tx.run(sql`delete from webhooks.message where id in (
    select id from webhooks.message where created_at < ${new Date(before)} order by created_at limit ${most})`)
