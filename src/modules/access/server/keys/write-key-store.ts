import { sql } from 'kysely'
import { newId, randomText } from '#platform/ids.ts'
import type { Tx } from '#platform/pg/database.ts'

export type WriteKeyKind = 'web' | 'server' | 'app' | 'other'
export type WriteKeyRow = {
  id: string
  key: string
  name: string
  kind: WriteKeyKind
  created_at: Date
  revoked_at: Date | null
}

export async function insertWriteKey(
  tx: Tx,
  ws: number,
  given: { name: string; kind: WriteKeyKind; now: number },
): Promise<WriteKeyRow> {
  const row = await tx.row<WriteKeyRow>(sql`
    insert into access.write_key (workspace_id, id, key, name, kind, created_at)
    values (${ws}, ${newId('src')}, ${`wk_${randomText(24)}`}, ${given.name}, ${given.kind}, ${new Date(given.now)})
    returning *`)
  return row as WriteKeyRow
}

export const listWriteKeyRows = (tx: Tx, limit: number, after: { at: string; id: string } | undefined) =>
  tx.rows<WriteKeyRow>(sql`select * from access.write_key where workspace_id = ${tx.workspace}
    and (${after?.at ?? null}::timestamptz is null
         or (created_at, id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::text))
    order by created_at, id limit ${limit}`)

export const renameWriteKeyRow = (tx: Tx, id: string, name: string) =>
  tx.row<WriteKeyRow>(sql`update access.write_key set name = ${name}
    where workspace_id = ${tx.workspace} and id = ${id} and revoked_at is null returning *`)

export const revokeWriteKeyRow = (tx: Tx, id: string, now: number) =>
  tx.run(sql`update access.write_key set revoked_at = ${new Date(now)}
    where workspace_id = ${tx.workspace} and id = ${id} and revoked_at is null`)
