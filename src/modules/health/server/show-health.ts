import { sql } from 'kysely'
import type { Anomaly, SourceHealth, VolumePoint } from '#modules/health/contract.ts'
import { listAnomalyRows, mutedSeries } from '#modules/health/server/anomaly-store.ts'
import type { HealthDeps } from '#modules/health/server/health-deps.ts'
import {
  eventHours,
  keptDays,
  type SourceRow,
  seriesOf,
  sourceHours,
} from '#modules/health/server/hour-store.ts'
import { judgeSeries } from '#modules/health/server/judge-series.ts'
import { hourMs } from '#modules/health/server/judge-volume.ts'
import { beganAt, usualFor } from '#modules/health/server/usual-hours.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

type Source = { id: string; name: string; kind: string; revoked: boolean }

/** Every source in use, and those that have not been heard of yet; revoked ones are over. */
export async function showSources(deps: HealthDeps, ctx: WorkspaceCtx) {
  return deps.database.read(ctx, async (tx) => {
    const rows = Map.groupBy(await sourceHours(tx, tx.workspace, since(ctx.now)), (row) => row.source)
    const sources = await tx.rows<Source>(sql`
      select id, name, kind, revoked from read.source where workspace_id = ${tx.workspace} order by name, id`)
    const violations = await violationsBySource(tx, ctx.now)
    const muted = await mutedSeries(tx, tx.workspace, ctx.now)
    const looked = await tx.row<{ at: Date }>(
      sql`select looked_at as at from health.progress where workspace_id = ${tx.workspace}`,
    )
    const items = sources
      .filter((source) => !source.revoked)
      .map((source) => ({
        ...present(source, rows.get(source.id) ?? [], ctx),
        muted: muted.has(`source:${source.id}`),
      }))
      .map((item) => ({ ...item, day: { ...item.day, violations: violations.get(item.id) ?? 0 } }))
    return { items, lookedAt: looked?.at.toISOString() ?? null }
  })
}

const since = (now: number) => now - keptDays * 24 * hourMs

function present(source: Source, rows: readonly SourceRow[], ctx: WorkspaceCtx): Omit<SourceHealth, 'muted'> {
  const { id, name, kind } = source
  const key = `source:${id}`
  const series = seriesOf(rows, []).get(key) ?? new Map<number, number>()
  const thisHour = Math.floor(ctx.now / hourMs) * hourMs
  const lastAt = rows.reduce((latest, row) => Math.max(latest, row.lastAt.getTime()), 0)
  const day = { stored: 0, duplicate: 0, conflict: 0, rejected: 0, violations: 0 }
  for (const row of rows)
    if (row.hour.getTime() > thisHour - 24 * hourMs)
      for (const outcome of ['stored', 'duplicate', 'conflict', 'rejected'] as const)
        day[outcome] += row[outcome]
  const hours = Array.from({ length: 24 }, (_, i) => series.get(thisHour - (23 - i) * hourMs) ?? 0)
  const base = { id, name, kind, day, hours, lastEventAt: lastAt ? new Date(lastAt).toISOString() : null }
  if (rows.length === 0) return { ...base, state: 'unused', lastHour: 0, usual: null }
  const { state, lastHour, usual } = judgeSeries(key, series, {
    zone: ctx.workspace.timezone,
    now: ctx.now,
    lastAt,
  })
  return { ...base, state, lastHour, usual }
}

async function violationsBySource(tx: Tx, now: number): Promise<Map<string, number>> {
  const rows = await tx.rows<{ source: string; count: number }>(sql`
    select source, sum(count)::bigint as count from read.plan_violation
    where workspace_id = ${tx.workspace} and day >= ${new Date(now - 24 * hourMs).toISOString().slice(0, 10)}::date
    group by source`)
  return new Map(rows.map((row) => [row.source, row.count]))
}

export async function showAnomalies(deps: HealthDeps, ctx: WorkspaceCtx, open: boolean) {
  const rows = await deps.database.read(ctx, (tx) =>
    listAnomalyRows(tx, tx.workspace, open, ctx.now - 30 * 24 * hourMs, ctx.now),
  )
  const items: Anomaly[] = rows.map((row) => ({
    id: row.id,
    series: row.series,
    name: row.sourceName ?? row.series.replace(/^\w+:/, ''),
    kind: row.kind,
    since: row.sinceAt.toISOString(),
    openedAt: row.openedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    expected: row.expected,
    seen: row.seen,
    muted: row.muted,
  }))
  return { items }
}

const shownHours = 7 * 24

/** The last seven days of one series by hour, the running hour last. */
export async function showSeries(deps: HealthDeps, ctx: WorkspaceCtx, key: string) {
  const [kind, name] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)]
  const found = await deps.database.read(ctx, async (tx) =>
    kind === 'source'
      ? seriesOf(
          (await sourceHours(tx, tx.workspace, since(ctx.now))).filter((row) => row.source === name),
          [],
        )
      : seriesOf([], await eventHours(tx, tx.workspace, since(ctx.now), name)),
  )
  const series = found.get(key) ?? new Map<number, number>()
  const began = beganAt(series)
  const thisHour = Math.floor(ctx.now / hourMs) * hourMs
  const items: VolumePoint[] = Array.from({ length: shownHours }, (_, i) => {
    const hour = thisHour - (shownHours - 1 - i) * hourMs
    const usual = usualFor(series, began, hour, ctx.workspace.timezone)
    return {
      hour: new Date(hour).toISOString(),
      count: series.get(hour) ?? 0,
      usual: usual?.count ?? null,
      low: usual?.low ?? null,
      high: usual?.high ?? null,
    }
  })
  return { items }
}
