import { sql } from 'kysely'
import type { SegmentUsers } from '#slots/segment-users.ts'

type Row = { id: string; name: string; segment_id: string }

/**
 * Shared views that have a segment's id anywhere in what they hold. Private ones are nobody's business. None keeps a segment
 * from being deleted: who may delete it need not be able to change the view.
 */
export const segmentUsers: SegmentUsers = {
  name: 'views',
  usersOf: async (tx, ids) => {
    const rows = await tx.rows<Row>(sql`
      select v.id, v.name, s.id as segment_id
      from views.saved_view v
      join unnest(${[...ids]}::text[]) as s(id)
        on jsonb_path_exists(v.content, '$.** ? (@ == $id)', jsonb_build_object('id', s.id))
      where v.workspace_id = ${tx.workspace} and v.shared
      order by lower(v.name), v.id`)
    return rows.map(({ id, name, segment_id }) => ({
      kind: 'view' as const,
      id,
      name,
      segmentId: segment_id,
      holds: false,
    }))
  },
}
