import { liveNames } from '#modules/segments/server/segment-store.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

/** Segments people of a company are in, the fullest first; counted are those the caller may see. */
export async function segmentsOfCompany(deps: SegmentsDeps, ctx: WorkspaceCtx, company: string) {
  const { sql, params } = await deps.circles.peopleSql(ctx, company)
  const segments = await deps.database.read(ctx, liveNames)
  if (segments.length === 0) return { items: [] }
  const rows = await deps.ch.query<{ segment: number; people: number }>(
    `SELECT segment, count() AS people FROM (
       SELECT segment, person FROM segment_member
       WHERE ws = {ws:UInt32} AND segment IN (${segments.map((one) => one.num).join(', ')}) AND person IN (${sql})
       GROUP BY segment, person HAVING argMax(member, version) = 1)
     GROUP BY segment`,
    params,
    { signal: ctx.signal },
  )
  const people = new Map(rows.map((row) => [row.segment, row.people]))
  const items = segments
    .flatMap(({ id, name, num }) => {
      const count = people.get(num)
      return count === undefined ? [] : [{ id, name, people: count }]
    })
    .sort((a, b) => b.people - a.people || (a.name < b.name ? -1 : 1))
  return { items }
}
