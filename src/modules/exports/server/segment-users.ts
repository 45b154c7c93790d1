import { sql } from 'kysely'
import type { SegmentUsers } from '#slots/segment-users.ts'

type Row = { id: string; segment_id: string; format: string; created_at: Date }

/** Files of a segment that are still kept. They hold what they hold: the segment may go. */
export const segmentUsers: SegmentUsers = {
  name: 'exports',
  usersOf: async (tx, ids) => {
    const rows = await tx.rows<Row>(sql`
      select id, segment_id, format, created_at from exports.export
      where workspace_id = ${tx.workspace} and segment_id = any(${[...ids]}::text[]) and removed_at is null
      order by created_at desc limit 20`)
    return rows.map(({ id, segment_id, format, created_at }) => ({
      kind: 'export' as const,
      id,
      name: `${format.toUpperCase()} ${created_at.toISOString().slice(0, 10)}`,
      segmentId: segment_id,
      holds: false,
    }))
  },
}
