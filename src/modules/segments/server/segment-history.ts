import { DateTime } from 'luxon'
import { requireSegment } from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

type Bucket = { time: string; size: number; entered: number; left: number }

// Up to here a point per hour, beyond it a point per day of the workspace.
const hourlyDays = 2

/**
 * Size at the end of each hour or day, and who came and went in it. Begins when the segment was first
 * counted. Sizes of the past are kept of everybody only, so who sees a part of the people sees none of them.
 */
export async function segmentHistory(deps: SegmentsDeps, ctx: WorkspaceCtx, id: string, days: number) {
  const segment = await deps.database.read(ctx, (tx) => requireSegment(tx, id))
  if (!ctx.scope.all) return { items: [] }
  const unit = days <= hourlyDays ? 'hour' : 'day'
  const now = DateTime.fromMillis(ctx.now, { zone: ctx.workspace.timezone })
  const start = now
    .minus({ days })
    .plus({ [unit]: 1 })
    .startOf(unit)
  const [sizes, moves] = await readPast(deps, ctx, segment.num, unit, start.toMillis())
  return { items: bucketsOf(start, now, unit, sizes, moves) }
}

type SizeRow = { bucket: number; last: number }
type MoveRow = { bucket: number; came: number; went: number }

async function readPast(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  segment: number,
  unit: 'hour' | 'day',
  from: number,
) {
  const params = {
    ws: ctx.workspace.num,
    segment,
    from: Math.floor(from / 1000),
    zone: ctx.workspace.timezone,
  }
  const start = (time: string) =>
    `toUnixTimestamp(${unit === 'hour' ? 'toStartOfHour' : 'toStartOfDay'}(${time}, {zone:String}))`
  const scan = (table: string) => `FROM ${table} WHERE ws = {ws:UInt32} AND segment = {segment:UInt32}`
  return Promise.all([
    // Everything older counts as the first bucket's beginning.
    deps.ch.query<SizeRow>(
      `SELECT if(at < {from:UInt32}, 0, ${start('at')}) AS bucket, argMax(size, (at, version)) AS last ${scan('segment_size')}
       GROUP BY bucket ORDER BY bucket`,
      params,
    ),
    deps.ch.query<MoveRow>(
      `SELECT ${start('at')} AS bucket, countIf(entered = 1) AS came, countIf(entered = 0) AS went ${scan('segment_change')}
       AND at >= fromUnixTimestamp64Milli(toInt64({from:UInt32}) * 1000, 'UTC') GROUP BY bucket`,
      params,
    ),
  ])
}

function bucketsOf(
  start: DateTime,
  now: DateTime,
  unit: 'hour' | 'day',
  sizes: SizeRow[],
  moves: MoveRow[],
): Bucket[] {
  const sizeAt = new Map(sizes.map((row) => [row.bucket, row.last]))
  const movesAt = new Map(moves.map((row) => [row.bucket, row]))
  let size = sizeAt.get(0)
  const buckets: Bucket[] = []
  for (let at = start; at <= now; at = at.plus({ [unit]: 1 })) {
    const second = at.toSeconds()
    size = sizeAt.get(second) ?? size
    if (size === undefined) continue
    const { came: entered, went: left } = movesAt.get(second) ?? { came: 0, went: 0 }
    buckets.push({ time: at.toUTC().toISO() ?? '', size, entered, left })
  }
  return buckets
}
