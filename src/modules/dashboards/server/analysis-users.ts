import { sql } from 'kysely'
import type { AnalysisUsers } from '#slots/analysis-users.ts'

type Row = { id: string; name: string; analysis_id: string }

/** Boards that show a saved analysis; while they do, it cannot be deleted. Deleted boards hold nothing. */
export const boardsOfAnalyses: AnalysisUsers = {
  name: 'dashboards',
  usersOf: async (tx, ids) => {
    const rows = await tx.rows<Row>(sql`
      select b.id, b.name, a.id as analysis_id
      from dashboards.board b
      join unnest(${[...ids]}::text[]) as a(id)
        on jsonb_path_exists(b.tiles, '$[*] ? (@.analysis == $id)', jsonb_build_object('id', a.id))
      where b.workspace_id = ${tx.workspace} and b.deleted_at is null
      order by lower(b.name), b.id`)
    return rows.map(({ id, name, analysis_id }) => ({
      ...{ kind: 'board' as const, id, name },
      analysisId: analysis_id,
      holds: true,
    }))
  },
}
