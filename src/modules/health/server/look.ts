import { sql } from 'kysely'
import {
  closeAnomalies,
  type Finding,
  forgetAnomalies,
  mutedSeries,
  openAnomaly,
} from '#modules/health/server/anomaly-store.ts'
import { countEvents } from '#modules/health/server/count-events.ts'
import type { HealthDeps } from '#modules/health/server/health-deps.ts'
import { eventHours, keptDays, seriesOf, sourceHours } from '#modules/health/server/hour-store.ts'
import { judgeSeries } from '#modules/health/server/judge-series.ts'
import { hourMs } from '#modules/health/server/judge-volume.ts'
import type { Tx } from '#platform/pg/database.ts'

const everyMs = 60_000
const countEveryMs = 5 * 60_000
const anomaliesKeptMs = 90 * 24 * hourMs

type Place = { num: number; timezone: string }
type Progress = { lookedAt: Date; countedUntil: Date | null; countedAt: Date | null }

/** Looks at every workspace whose turn it is; answers how many it looked at. */
export async function lookAround(deps: HealthDeps): Promise<number> {
  const now = deps.clock.now()
  const places = await deps.database.system((tx) =>
    tx.rows<Place>(sql`select w.num, w.timezone from platform.workspace w
      left join health.progress p on p.workspace_id = w.num
      where p.looked_at is null or p.looked_at <= ${new Date(now - everyMs)}
        or p.looked_at > ${new Date(now + everyMs)} order by w.num`),
  )
  for (const place of places) await deps.database.system((tx) => lookAt(deps, tx, place, now))
  return places.length
}

/** One workspace, in one transaction, whose lock lets another process pass by. */
async function lookAt(deps: HealthDeps, tx: Tx, { num, timezone }: Place, now: number): Promise<void> {
  await tx.run(sql`insert into health.progress (workspace_id, looked_at) values (${num}, 'epoch')
    on conflict do nothing`)
  const progress = await tx.row<Progress>(sql`
    select looked_at as "lookedAt", counted_until as "countedUntil", counted_at as "countedAt"
    from health.progress where workspace_id = ${num} for update skip locked`)
  if (!progress || Math.abs(now - progress.lookedAt.getTime()) < everyMs) return
  const since = now - keptDays * 24 * hourMs
  const sources = await sourceHours(tx, num, since)
  await tx.run(sql`update health.progress set looked_at = ${new Date(now)} where workspace_id = ${num}`)
  if (sources.length === 0) return
  const countedAt = progress.countedAt?.getTime() ?? Number.NEGATIVE_INFINITY
  const countsNow = Math.abs(now - countedAt) >= countEveryMs
  if (countsNow) {
    const until = await countEvents(deps, tx, num, { from: progress.countedUntil?.getTime(), now })
    await tx.run(sql`update health.progress set counted_until = ${new Date(until)}, counted_at = ${new Date(now)}
      where workspace_id = ${num}`)
    await forgetAnomalies(tx, num, now - anomaliesKeptMs)
  }
  const lastAt = new Map<string, number>()
  for (const row of sources) {
    const key = `source:${row.source}`
    lastAt.set(key, Math.max(lastAt.get(key) ?? 0, row.lastAt.getTime()))
  }
  const watched = seriesOf(sources, countsNow ? await eventHours(tx, num, since) : [])
  const muted = await mutedSeries(tx, num, now)
  for (const [key, series] of watched) {
    const last = lastAt.get(key)
    const { finding } = judgeSeries(key, series, {
      zone: timezone,
      now,
      ...(last === undefined ? {} : { lastAt: last }),
    })
    await closeAnomalies(tx, num, key, finding ? [finding.kind] : [], now)
    if (!finding) continue
    const opened = await openAnomaly(tx, num, finding, now)
    if (opened !== undefined && !muted.has(key)) await tell(deps, tx, num, finding, opened)
  }
}

async function tell(deps: HealthDeps, tx: Tx, workspace: number, finding: Finding, id: string) {
  const source = await tx.row<{ name: string }>(sql`select name from read.source
    where workspace_id = ${workspace} and ${finding.series}::text = 'source:' || id`)
  await deps.notifier.tell(tx, workspace, {
    type: `anomaly.${finding.kind}`,
    to: { permission: 'event:read' },
    facts: {
      of: finding.series.startsWith('source:') ? 'source' : 'event',
      name: source?.name ?? finding.series.replace(/^\w+:/, ''),
      expected: Math.round(finding.expected),
      seen: finding.seen,
    },
    href: `/health?series=${encodeURIComponent(finding.series)}`,
    key: id,
  })
}
