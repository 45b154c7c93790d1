import { sql } from 'kysely'
import type { SegmentUsers } from '#slots/segment-users.ts'

type Row = { id: string; name: string; segment_id: string }

/**
 * Saved analyses whose audience names a segment. None keeps it from being deleted: the analysis then says what it
 * misses, and who may delete segments need not be able to change it.
 */
export const analysesOfSegments: SegmentUsers = {
  name: 'analytics',
  usersOf: async (tx, ids) => {
    const rows = await tx.rows<Row>(sql`
      select a.id, a.name, s.id as segment_id
      from analytics.saved_analysis a
      join unnest(${[...ids]}::text[]) as s(id)
        on jsonb_path_exists(a.question -> 'audience', '$.** ? (@ == $id)', jsonb_build_object('id', s.id))
      where a.workspace_id = ${tx.workspace}
      order by lower(a.name), a.id`)
    return rows.map(({ id, name, segment_id }) => ({
      ...{ kind: 'analysis' as const, id, name },
      segmentId: segment_id,
      holds: false,
    }))
  },
}
