import { sql } from 'kysely'
import type { AnalysisUsers } from '#slots/analysis-users.ts'
import type { SegmentUsers } from '#slots/segment-users.ts'

type Row = { id: string; name: string; named: string }

/**
 * Alerts made from a saved analysis. They have a copy of its question, so none keeps it from being deleted. Deleted alerts use
 * nothing.
 */
export const alertsOfAnalyses: AnalysisUsers = {
  name: 'alerts',
  usersOf: async (tx, ids) => {
    const rows = await tx.rows<Row>(sql`
      select id, name, analysis_id as named from alerts.alert
      where workspace_id = ${tx.workspace} and analysis_id = any(${[...ids]}::text[]) and deleted_at is null
      order by lower(name), id`)
    return rows.map(({ id, name, named }) => ({
      ...{ kind: 'alert' as const, id, name },
      analysisId: named,
      holds: false,
    }))
  },
}

/**
 * Alerts whose question is about people of a segment, told with their names also to those who do not see the alert: without
 * the segment it fails, and whoever deletes it should know. None keeps it from being deleted.
 */
export const alertsOfSegments: SegmentUsers = {
  name: 'alerts',
  usersOf: async (tx, ids) => {
    const rows = await tx.rows<Row>(sql`
      select a.id, a.name, s.id as named
      from alerts.alert a
      join unnest(${[...ids]}::text[]) as s(id)
        on jsonb_path_exists(a.question -> 'audience', '$.** ? (@ == $id)', jsonb_build_object('id', s.id))
      where a.workspace_id = ${tx.workspace} and a.deleted_at is null
      order by lower(a.name), a.id`)
    return rows.map(({ id, name, named }) => ({
      ...{ kind: 'alert' as const, id, name },
      segmentId: named,
      holds: false,
    }))
  },
}
