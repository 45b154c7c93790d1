import { sql } from 'kysely'
import { nameOf } from '#modules/webhooks/server/endpoint-store.ts'
import type { SegmentUsers } from '#slots/segment-users.ts'

type Row = { id: string; url: string; description: string; segments: string[] }

/** Endpoints that are told of these segments only: without them they would hear nothing any more. */
export const segmentUsers: SegmentUsers = {
  name: 'webhooks',
  usersOf: async (tx, ids) => {
    const rows = await tx.rows<Row>(sql`
      select id, url, description, segments from webhooks.endpoint
      where workspace_id = ${tx.workspace} and segments && ${[...ids]}::text[]`)
    return rows.flatMap(({ id, url, description, segments }) =>
      segments
        .filter((segmentId) => ids.includes(segmentId))
        .map((segmentId) => ({
          kind: 'webhook' as const,
          id,
          name: nameOf({ description, url }),
          segmentId,
          holds: true,
        })),
    )
  },
}
