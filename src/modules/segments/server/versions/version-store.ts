import { sql } from 'kysely'
import type { Rule } from '#modules/rules/contract.ts'
import type { ActorName } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

export type VersionRow = {
  number: number
  rule: Rule
  note: string
  created_by: string
  created_by_kind: ActorName['kind']
  created_at: Date
}

const columns = sql`number, rule, note, created_by, created_by_kind, created_at`

/** Keeps the rule that stands as its newest version; the segment knows the number. Under the lock of `takeRevision`. */
export async function addVersion(
  tx: Tx,
  segment: string,
  note: string,
  by: { actor: ActorName; now: number },
): Promise<number> {
  const row = await tx.row<{ number: number }>(sql`
    insert into segments.version (workspace_id, segment_id, number, rule, note, created_by, created_by_kind, created_at)
    select s.workspace_id, s.id,
      coalesce((select max(number) from segments.version v where v.workspace_id = ${tx.workspace} and v.segment_id = s.id), 0) + 1,
      s.rule, ${note}, ${by.actor.name}, ${by.actor.kind}, ${new Date(by.now)}
    from segments.segment s where s.workspace_id = ${tx.workspace} and s.id = ${segment} returning number`)
  const number = (row as { number: number }).number
  await tx.run(sql`
    update segments.segment set version = ${number} where workspace_id = ${tx.workspace} and id = ${segment}`)
  return number
}

export const readVersion = (tx: Tx, segment: string, number: number) =>
  tx.row<VersionRow>(sql`
    select ${columns} from segments.version
    where workspace_id = ${tx.workspace} and segment_id = ${segment} and number = ${number}`)

/** Newest first, those older than `before`. */
export const listVersionRows = (tx: Tx, segment: string, before: number, limit: number) =>
  tx.rows<VersionRow>(sql`
    select ${columns} from segments.version
    where workspace_id = ${tx.workspace} and segment_id = ${segment} and number < ${before}
    order by number desc limit ${limit}`)
