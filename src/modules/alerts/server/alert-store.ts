import { type RawBuilder, sql } from 'kysely'
import type { AlertState } from '#modules/alerts/contract/alert.ts'
import type { AlertCondition, AlertInterval, AlertMetric } from '#modules/alerts/contract/condition.ts'
import type { Unit } from '#modules/alerts/server/watch/check-metric.ts'
import type { Question } from '#modules/analytics/contract.ts'
import type { ActorName } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

export type AlertRow = {
  id: string
  workspace_id: number
  name: string
  question: Question
  metric: AlertMetric
  line: string
  state: Record<string, unknown>
  analysis_id: string | null
  interval: AlertInterval
  unit: Unit
  condition: AlertCondition
  running: boolean
  hour: number
  remind_every: number | null
  tells: string[]
  by_mail: boolean
  by_webhook: boolean
  /** Ids of the webhook endpoints told; null: every one that asks. */
  endpoints: string[] | null
  member_id: string
  created_by: string
  created_by_kind: ActorName['kind']
  version: number
  created_at: Date
  updated_at: Date
  paused_for: 'by_hand' | 'rights' | null
  muted_until: Date | null
  fault: string | null
  firing: boolean
  told_firing: boolean
  since_told: number
  last_bucket: string | null
  looked_at: Date | null
  due_at: Date
}
/** Who looks: their own and what tells them, or everything. */
export type Reader = { member: string; all: boolean }
export type Position = { name: string; id: string }
export type Wanted = {
  search?: string | undefined
  standing?: AlertState | undefined
  mine: boolean
  now: number
}

const columns = sql`a.id, a.workspace_id, a.name, a.question, a.metric, a.line, a.state, a.analysis_id, a.interval, a.unit,
  a.condition, a.running, a.hour, a.remind_every, a.tells, a.by_mail, a.by_webhook, a.endpoints, a.member_id, a.created_by,
  a.created_by_kind, a.version, a.created_at, a.updated_at, a.paused_for, a.muted_until, a.fault, a.firing, a.told_firing,
  a.since_told, a.last_bucket, a.looked_at, a.due_at`

const seenBy = ({ member, all }: Reader): RawBuilder<unknown> =>
  sql`(${all} or a.member_id = ${member} or ${member} = any(a.tells))`

/** The one word for how an alert stands; as `standingOf` says it of a row. */
const standing = (now: number): RawBuilder<unknown> => sql`case
  when a.paused_for is not null then 'paused' when a.fault is not null then 'error'
  when a.muted_until > ${new Date(now)} then 'muted' when a.firing then 'firing'
  when coalesce((select e.verdict from alerts.evaluation e where e.workspace_id = a.workspace_id and e.alert_id = a.id
                 order by e.place desc limit 1), 'learning') = 'learning' then 'learning'
  else 'ok' end`

export const listAlertRows = (
  tx: Tx,
  reader: Reader,
  { search, standing: wanted, mine, now }: Wanted,
  after: Position | undefined,
  limit: number,
): Promise<AlertRow[]> =>
  tx.rows<AlertRow>(sql`
    select ${columns} from alerts.alert a
    where a.workspace_id = ${tx.workspace} and a.deleted_at is null and ${seenBy(reader)}
      and (${search ?? null}::text is null or position(lower(${search ?? ''}) in lower(a.name)) > 0)
      and (not ${mine} or a.member_id = ${reader.member})
      and (${wanted ?? null}::text is null or ${standing(now)} = ${wanted ?? ''})
      and (${after === undefined} or (lower(a.name), a.id) > (${after?.name ?? ''}, ${after?.id ?? ''}))
    order by lower(a.name), a.id limit ${limit}`)

/** One that the reader may see and is not deleted, or `alert.missing`; held until the end where it is to be changed. */
export async function requireAlert(tx: Tx, id: string, reader: Reader, hold = false): Promise<AlertRow> {
  const row = await tx.row<AlertRow>(sql`
    select ${columns} from alerts.alert a
    where a.workspace_id = ${tx.workspace} and a.id = ${id} and a.deleted_at is null and ${seenBy(reader)}
    ${hold ? sql`for update` : sql``}`)
  if (!row) throw missing()
  return row
}

/** What a reader sees of those that watch a kind of question. */
export const watchersOf = (
  tx: Tx,
  reader: Reader,
  kind: string,
): Promise<Pick<AlertRow, 'id' | 'name' | 'question' | 'metric'>[]> =>
  tx.rows(sql`
    select a.id, a.name, a.question, a.metric from alerts.alert a
    where a.workspace_id = ${tx.workspace} and a.deleted_at is null and ${seenBy(reader)}
      and a.question ->> 'kind' = ${kind}
    order by lower(a.name), a.id`)

/** For the program itself: one that is to be looked at, or undefined. */
export const findAlert = (tx: Tx, id: string, hold = false): Promise<AlertRow | undefined> =>
  tx.row<AlertRow>(sql`
    select ${columns} from alerts.alert a
    where a.workspace_id = ${tx.workspace} and a.id = ${id} and a.deleted_at is null and a.paused_for is null
    ${hold ? sql`for update` : sql``}`)

export const countAlerts = async (tx: Tx): Promise<number> =>
  (
    await tx.row<{ n: number }>(sql`
      select count(*)::int as n from alerts.alert where workspace_id = ${tx.workspace} and deleted_at is null`)
  )?.n ?? 0

export type NewAlert = Omit<
  AlertRow,
  | 'workspace_id'
  | 'version'
  | 'created_at'
  | 'updated_at'
  | 'paused_for'
  | 'muted_until'
  | 'fault'
  | 'firing'
  | 'told_firing'
  | 'since_told'
  | 'last_bucket'
  | 'looked_at'
  | 'due_at'
>

export const insertAlert = (tx: Tx, row: NewAlert, now: number): Promise<number> =>
  tx.run(sql`
    insert into alerts.alert (id, workspace_id, name, question, metric, line, state, analysis_id, interval, unit, condition,
      running, hour, remind_every, tells, by_mail, by_webhook, endpoints, member_id, created_by, created_by_kind, created_at,
      updated_at,
      due_at)
    values (${row.id}, ${tx.workspace}, ${row.name}, ${JSON.stringify(row.question)}::jsonb,
      ${JSON.stringify(row.metric)}::jsonb, ${row.line}, ${JSON.stringify(row.state)}::jsonb, ${row.analysis_id},
      ${row.interval}, ${row.unit}, ${JSON.stringify(row.condition)}::jsonb, ${row.running}, ${row.hour},
      ${row.remind_every}, ${row.tells}::text[], ${row.by_mail}, ${row.by_webhook}, ${row.endpoints}::text[], ${row.member_id},
      ${row.created_by}, ${row.created_by_kind}, ${new Date(now)}, ${new Date(now)}, ${new Date(now)})`)

/** Looked at again at once; where the condition is another, what was found before is judged anew by it. */
export const updateAlert = (
  tx: Tx,
  row: Pick<
    AlertRow,
    | 'id'
    | 'name'
    | 'condition'
    | 'running'
    | 'hour'
    | 'remind_every'
    | 'tells'
    | 'by_mail'
    | 'by_webhook'
    | 'endpoints'
  >,
  { now, isJudgedAnew }: { now: number; isJudgedAnew: boolean },
): Promise<number> =>
  tx.run(sql`
    update alerts.alert set name = ${row.name}, condition = ${JSON.stringify(row.condition)}::jsonb, running = ${row.running},
      hour = ${row.hour}, remind_every = ${row.remind_every}, tells = ${row.tells}::text[], by_mail = ${row.by_mail},
      by_webhook = ${row.by_webhook}, endpoints = ${row.endpoints}::text[], version = version + 1, updated_at = ${new Date(now)}, due_at = ${new Date(now)},
      last_bucket = case when ${isJudgedAnew} then null else last_bucket end
    where workspace_id = ${tx.workspace} and id = ${row.id}`)

export const hideAlert = (tx: Tx, id: string, now: number): Promise<number> =>
  tx.run(sql`update alerts.alert set deleted_at = ${new Date(now)}
    where workspace_id = ${tx.workspace} and id = ${id} and deleted_at is null`)

export async function showAlert(tx: Tx, id: string, reader: Reader, now: number): Promise<void> {
  const shown = await tx.run(sql`update alerts.alert a set deleted_at = null, due_at = ${new Date(now)}
    where a.workspace_id = ${tx.workspace} and a.id = ${id} and a.deleted_at is not null
      and (${reader.all} or a.member_id = ${reader.member})`)
  if (shown === 0) throw missing()
}

/** Those nobody brought back. */
export const dropHidden = (tx: Tx, before: number): Promise<number> =>
  tx.run(
    sql`delete from alerts.alert where workspace_id = ${tx.workspace} and deleted_at < ${new Date(before)}`,
  )

export const pauseAlert = (
  tx: Tx,
  id: string,
  reason: AlertRow['paused_for'],
  now: number,
): Promise<number> =>
  tx.run(sql`update alerts.alert set paused_for = ${reason}, fault = null, due_at = ${new Date(now)}
    where workspace_id = ${tx.workspace} and id = ${id}`)

export const muteAlert = (tx: Tx, id: string, until: Date | null): Promise<number> =>
  tx.run(
    sql`update alerts.alert set muted_until = ${until} where workspace_id = ${tx.workspace} and id = ${id}`,
  )

export const setFault = (tx: Tx, id: string, fault: string, now: number): Promise<number> =>
  tx.run(sql`update alerts.alert set fault = ${fault}, looked_at = ${new Date(now)}
    where workspace_id = ${tx.workspace} and id = ${id}`)

export const noteLook = (
  tx: Tx,
  row: Pick<AlertRow, 'id' | 'firing' | 'told_firing' | 'since_told' | 'last_bucket'>,
  now: number,
): Promise<number> =>
  tx.run(sql`update alerts.alert set firing = ${row.firing}, told_firing = ${row.told_firing},
      since_told = ${row.since_told}, last_bucket = ${row.last_bucket}, fault = null, looked_at = ${new Date(now)}
    where workspace_id = ${tx.workspace} and id = ${row.id}`)

export type DueAlert = Pick<AlertRow, 'id' | 'interval' | 'running' | 'hour'> & {
  workspace: number
  timezone: string
}

/** Over all workspaces; only for system work. */
export const dueAlerts = (tx: Tx, now: number): Promise<DueAlert[]> =>
  tx.rows<DueAlert>(sql`
    select a.id, a.workspace_id as workspace, a.interval, a.running, a.hour, w.timezone
    from alerts.alert a join platform.workspace w on w.num = a.workspace_id
    where a.due_at <= ${new Date(now)} and a.deleted_at is null and a.paused_for is null
    order by a.due_at limit 500 for update of a skip locked`)

export const setDue = (tx: Tx, workspace: number, id: string, at: number): Promise<number> =>
  tx.run(
    sql`update alerts.alert set due_at = ${new Date(at)} where workspace_id = ${workspace} and id = ${id}`,
  )

const missing = () =>
  new AppError('alert.missing', 'missing', 'There is no such alert, or it is not yours to see.')
