import { sql } from 'kysely'
import type { AlertInterval, Verdict } from '#modules/alerts/contract/condition.ts'
import type { Tx } from '#platform/pg/database.ts'

export type EvaluationRow = {
  alert_id: string
  bucket: string
  place: number
  value: number | null
  low: number | null
  high: number | null
  expected: number | null
  verdict: Verdict
  needs: number
  running: boolean
  edge: 'fired' | 'recovered' | null
  told: 'fired' | 'recovered' | 'reminded' | null
  at: Date
}

const columns = sql`alert_id, bucket, place, value, low, high, expected, verdict, needs, running, edge, told, at`

/** What was found while a bucket was running gives way to what is found when it is over; what happened then stays. */
export const insertEvaluations = (
  tx: Tx,
  rows: readonly Omit<EvaluationRow, 'at'>[],
  now: number,
): Promise<number> =>
  tx.run(sql`
    insert into alerts.evaluation as old (workspace_id, ${columns})
    select ${tx.workspace}::int, r.alert_id, r.bucket, r.place, r.value, r.low, r.high, r.expected, r.verdict, r.needs,
      r.running, r.edge, r.told, ${new Date(now)}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (alert_id text, bucket text, place bigint,
      value double precision, low double precision, high double precision, expected double precision, verdict text, needs int,
      running boolean, edge text, told text)
    on conflict (alert_id, place) do update set value = excluded.value, low = excluded.low, high = excluded.high,
      expected = excluded.expected, verdict = excluded.verdict, needs = excluded.needs, running = excluded.running,
      edge = coalesce(excluded.edge, case when old.running then old.edge end), told = coalesce(excluded.told, old.told), at = excluded.at`)

/** Newest first, before the last one seen. */
export const listEvaluationRows = (
  tx: Tx,
  alert: string,
  before: number | undefined,
  limit: number,
): Promise<EvaluationRow[]> =>
  tx.rows<EvaluationRow>(sql`
    select ${columns} from alerts.evaluation
    where workspace_id = ${tx.workspace} and alert_id = ${alert}
      and (${before === undefined} or place < ${before ?? 0}::bigint)
    order by place desc limit ${limit}`)

/** The latest of each of these alerts, newest first. */
export const latestOf = (tx: Tx, alerts: readonly string[], most: number): Promise<EvaluationRow[]> =>
  tx.rows<EvaluationRow>(sql`
    select e.* from unnest(${[...alerts]}::text[]) as a (id)
    cross join lateral (select ${columns} from alerts.evaluation
      where workspace_id = ${tx.workspace} and alert_id = a.id order by place desc limit ${most}) e`)

const dayMs = 86_400_000
const keptDays = { hour: 90, day: 800, week: 800, month: 1600 } as const

export const forgetEvaluations = (
  tx: Tx,
  alert: string,
  interval: AlertInterval,
  now: number,
): Promise<number> =>
  tx.run(sql`
    delete from alerts.evaluation where workspace_id = ${tx.workspace} and alert_id = ${alert}
      and place < ${now - keptDays[interval] * dayMs}::bigint`)

/** When these alerts fired, by the day the bucket begins on, oldest first. */
export const firedBetween = (
  tx: Tx,
  alerts: readonly string[],
  from: string,
  to: string,
): Promise<Pick<EvaluationRow, 'alert_id' | 'bucket'>[]> =>
  tx.rows(sql`
    select alert_id, bucket from alerts.evaluation
    where workspace_id = ${tx.workspace} and alert_id = any(${[...alerts]}::text[]) and edge = 'fired'
      and left(bucket, 10) between ${from} and ${to}
    order by place, alert_id`)
