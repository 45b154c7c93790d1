import type { Alert, Evaluation } from '#modules/alerts/contract/alert.ts'
import type { AlertRow } from '#modules/alerts/server/alert-store.ts'
import type { AlertsDeps } from '#modules/alerts/server/alerts-deps.ts'
import { type EvaluationRow, latestOf } from '#modules/alerts/server/evaluation-store.ts'
import { sayActor, type WorkspaceCtx } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

/** As many as a small curve shows. */
const recentBuckets = 30

export async function presentAlerts(
  { analytics, access }: Pick<AlertsDeps, 'analytics' | 'access'>,
  tx: Tx,
  ctx: WorkspaceCtx,
  rows: readonly AlertRow[],
): Promise<Alert[]> {
  const me = await access.memberBehind(tx, ctx)
  const named = [...new Set(rows.flatMap(({ analysis_id: id }) => (id === null ? [] : [id])))]
  const analyses = new Map((await analytics.savedIn(tx, ctx, named)).map((one) => [one.id, one]))
  const latest = Map.groupBy(
    await latestOf(
      tx,
      rows.map(({ id }) => id),
      recentBuckets,
    ),
    (one) => one.alert_id,
  )
  return rows.map((row) => {
    const recent = latest.get(row.id) ?? []
    const analysis = row.analysis_id === null ? undefined : analyses.get(row.analysis_id)
    const newest = recent[0]
    return {
      id: row.id,
      name: row.name,
      condition: row.condition,
      running: row.running,
      hour: row.hour,
      remindEvery: row.remind_every,
      metric: row.metric,
      line: row.line,
      question: row.question,
      state: row.state,
      analysis: analysis ? { id: analysis.id, name: analysis.name } : null,
      interval: row.interval,
      unit: row.unit,
      tell: { members: row.tells, mail: row.by_mail, webhook: row.by_webhook, endpoints: row.endpoints },
      maker: sayActor({ kind: row.created_by_kind, name: row.created_by }, ctx.language),
      mine: row.member_id === me,
      standing: standingOf(row, newest, ctx.now),
      pausedFor: row.paused_for,
      mutedUntil:
        row.muted_until && row.muted_until.getTime() > ctx.now ? row.muted_until.toISOString() : null,
      fault: row.fault,
      last: newest ? presentEvaluation(newest) : null,
      recent: recent.map(({ value }) => value).toReversed(),
      lookedAt: row.looked_at?.toISOString() ?? null,
      nextAt: row.paused_for === null && row.due_at.getTime() > ctx.now ? row.due_at.toISOString() : null,
      version: row.version,
      createdAt: row.created_at.toISOString(),
      updatedAt: row.updated_at.toISOString(),
    }
  })
}

/** As the list is filtered by it (`alert-store.ts`). */
function standingOf(row: AlertRow, newest: EvaluationRow | undefined, now: number): Alert['standing'] {
  if (row.paused_for !== null) return 'paused'
  if (row.fault !== null) return 'error'
  if (row.muted_until && row.muted_until.getTime() > now) return 'muted'
  if (row.firing) return 'firing'
  return (newest?.verdict ?? 'learning') === 'learning' ? 'learning' : 'ok'
}

export const presentEvaluation = (row: EvaluationRow): Evaluation => ({
  t: row.bucket,
  value: row.value,
  low: row.low,
  high: row.high,
  expected: row.expected,
  verdict: row.verdict,
  needs: row.needs,
  running: row.running,
  edge: row.edge,
  told: row.told,
  at: row.at.toISOString(),
})
