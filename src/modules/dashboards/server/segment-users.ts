import { sql } from 'kysely'
import type { SegmentUsers } from '#slots/segment-users.ts'

type Row = { id: string; name: string; segment_id: string }

/**
 * Boards whose people filter names a segment. None keeps it from being deleted: the board then says what it misses, and
 * who may delete segments need not be able to change it. Deleted boards use nothing.
 */
export const boardsOfSegments: SegmentUsers = {
  name: 'dashboards',
  usersOf: async (tx, ids) => {
    const rows = await tx.rows<Row>(sql`
      select b.id, b.name, s.id as segment_id
      from dashboards.board b
      join unnest(${[...ids]}::text[]) as s(id)
        on jsonb_path_exists(b.filters -> 'audience', '$.** ? (@ == $id)', jsonb_build_object('id', s.id))
      where b.workspace_id = ${tx.workspace} and b.deleted_at is null
      order by lower(b.name), b.id`)
    return rows.map(({ id, name, segment_id }) => ({
      ...{ kind: 'board' as const, id, name },
      segmentId: segment_id,
      holds: false,
    }))
  },
}
