import { sql } from 'kysely'
import type { Question } from '#modules/analytics/contract/kinds.ts'
import type { SightLevel } from '#modules/profiles/index.ts'
import type { Actor, DataScope } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

/** A segment to be filled from a cell; ids of the changes its list will have are fixed here, for restarts. */
export type MakingPart = {
  cell: Record<string, unknown> | null
  name: string
  segment: string
  made: boolean
  changes: { add: string; remove: string }
}
export type MakingRow = {
  id: string
  question: Question | null
  parts: MakingPart[]
  actor: Actor
  scope: DataScope
  permissions: string[]
  sight: SightLevel
  language: 'en' | 'zh'
  job_id: string | null
  ended: 'done' | 'failed' | 'cancelled' | null
  undone_at: Date | null
}

const columns = sql`id, question, parts, actor, scope, permissions, sight, language, job_id, ended, undone_at`
const keptDays = 30

export async function insertMaking(
  tx: Tx,
  row: Omit<MakingRow, 'ended' | 'undone_at'>,
  now: number,
): Promise<void> {
  const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`
  await tx.run(sql`
    insert into analytics.making (id, workspace_id, question, parts, actor, scope, permissions, sight, language, job_id, created_at)
    values (${row.id}, ${tx.workspace}, ${json(row.question)}, ${json(row.parts)}, ${json(row.actor)}, ${json(row.scope)},
      ${json(row.permissions)}, ${row.sight}, ${row.language}, ${row.job_id}, ${new Date(now)})`)
  await tx.run(sql`
    delete from analytics.making
    where workspace_id = ${tx.workspace} and ended is not null and created_at < ${new Date(now - keptDays * 86_400_000)}`)
}

export const readMaking = (tx: Tx, id: string) =>
  tx.row<MakingRow>(sql`
    select ${columns} from analytics.making where workspace_id = ${tx.workspace} and id = ${id}`)

/** The end of the work, once; what was asked is forgotten, what was made is not. */
export async function endMaking(
  tx: Tx,
  { id, parts }: Pick<MakingRow, 'id' | 'parts'>,
  ended: NonNullable<MakingRow['ended']>,
): Promise<void> {
  const kept = JSON.stringify(parts.map((part) => ({ ...part, cell: null })))
  await tx.run(sql`
    update analytics.making set ended = ${ended}, question = null, parts = ${kept}::jsonb
    where workspace_id = ${tx.workspace} and id = ${id} and ended is null`)
}

export async function markMakingUndone(tx: Tx, id: string, now: number): Promise<void> {
  await tx.run(sql`
    update analytics.making set undone_at = ${new Date(now)} where workspace_id = ${tx.workspace} and id = ${id}`)
}

export async function madeFor(tx: Tx, origin: string): Promise<string | undefined> {
  const row = await tx.row<{ segment_id: string }>(sql`
    select segment_id from analytics.made_segment where workspace_id = ${tx.workspace} and origin = ${origin}`)
  return row?.segment_id
}

export async function noteMade(tx: Tx, origin: string, segment: string): Promise<void> {
  await tx.run(sql`
    insert into analytics.made_segment (workspace_id, origin, segment_id) values (${tx.workspace}, ${origin}, ${segment})
    on conflict (workspace_id, origin) do update set segment_id = excluded.segment_id`)
}
