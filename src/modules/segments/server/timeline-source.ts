import { sql } from 'kysely'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { TimelinePerson, TimelineQuestion, TimelineSource } from '#slots/timeline-source.ts'

type Deps = Pick<SegmentsDeps, 'database' | 'ch'>
type Row = { segment: number; ms: number; key: string; entered: number }

/** When a person came into segments and left them; of deleted segments too, for it happened. */
export function segmentTimeline(deps: Deps): TimelineSource {
  return {
    name: 'segments',
    groups: ['system'],
    entries: async (ctx, person, question) => {
      const names = await namesOf(deps, ctx, question.search)
      if (names.size === 0) return []
      const rows = await readChanges(deps, ctx, person, { names, question })
      return rows.map(({ segment, ms, key, entered }) => ({
        place: [ms, key] as const,
        group: 'system' as const,
        kind: entered === 1 ? 'segment.entered' : 'segment.left',
        name: names.get(segment)?.name ?? '',
        properties: { segment: names.get(segment)?.id ?? null },
      }))
    },
    present: async (ctx, { numbers }) => {
      const rows = await deps.ch.query(
        `SELECT 1 FROM segment_change WHERE ws = {ws:UInt32} AND person IN {numbers:Array(UInt64)} LIMIT 1`,
        { ws: ctx.workspace.num, numbers },
      )
      return rows.length > 0 ? ['system'] : []
    },
  }
}

async function namesOf(deps: Deps, ctx: WorkspaceCtx, search: string | undefined) {
  const part =
    search === undefined ? sql`true` : sql`position(${search.toLowerCase()}::text in lower(name)) > 0`
  const rows = await deps.database.read(ctx, (tx) =>
    tx.rows<{ num: number; id: string; name: string }>(sql`
      select num, id, name from segments.segment where workspace_id = ${tx.workspace} and ${part}`),
  )
  return new Map(rows.map((row) => [row.num, row]))
}

type Page = { names: ReadonlyMap<number, unknown>; question: TimelineQuestion }

// Whoever is merged leaves what the other enters in the same moment: both cancel out, for nothing happened.
async function readChanges(
  deps: Deps,
  ctx: WorkspaceCtx,
  { numbers }: TimelinePerson,
  { names, question }: Page,
): Promise<Row[]> {
  const { from, inclusive, direction, since, until, limit } = question
  const sign = direction === 'older' ? '<' : '>'
  const down = direction === 'older' ? 'DESC' : 'ASC'
  const conditions = [
    from ? `(ms, key) ${sign}${inclusive ? '=' : ''} ({from_ms:Int64}, {from_key:String})` : '1',
    since === undefined ? '1' : 'ms >= {since:Int64}',
    until === undefined ? '1' : 'ms <= {until:Int64}',
  ]
  return deps.ch.query<Row>(
    `SELECT segment, ms, most AS entered, concat('segment:', leftPad(toString(segment), 10, '0')) AS key FROM (
       SELECT segment, toUnixTimestamp64Milli(at) AS ms, max(entered) AS most, min(entered) AS least FROM segment_change
       WHERE ws = {ws:UInt32} AND segment IN {segments:Array(UInt32)} AND person IN {numbers:Array(UInt64)}
       GROUP BY segment, at HAVING most = least)
     WHERE ${conditions.join(' AND ')} ORDER BY ms ${down}, key ${down} LIMIT {page_limit:UInt32}`,
    {
      ws: ctx.workspace.num,
      segments: [...names.keys()],
      numbers,
      page_limit: limit,
      ...(from ? { from_ms: from[0], from_key: from[1] } : {}),
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
    },
    { signal: ctx.signal },
  )
}
