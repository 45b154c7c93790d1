import { sql } from 'kysely'
import type { Connection, Credentials, Place } from '#modules/connectors/contract.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { SecretBox } from '#platform/secrets.ts'

export type ConnectionRow = {
  id: string
  workspace_id: number
  name: string
  place: Place
  key: string
  /** Sealed. */
  secret: string
  tested_at: Date | null
  fault_code: string | null
  fault_message: string | null
  created_by: string
  created_at: Date
}

const fields = sql`id, workspace_id, name, place, key, secret, tested_at, fault_code, fault_message, created_by, created_at`

export const listRows = (tx: Tx): Promise<ConnectionRow[]> =>
  tx.rows<ConnectionRow>(
    sql`select ${fields} from connectors.connection where workspace_id = ${tx.workspace} order by name`,
  )

export async function readConnection(tx: Tx, id: string): Promise<ConnectionRow> {
  const row = await tx.row<ConnectionRow>(
    sql`select ${fields} from connectors.connection where workspace_id = ${tx.workspace} and id = ${id}`,
  )
  if (!row) throw new AppError('connection.missing', 'missing', 'There is no such connection.')
  return row
}

/** Makes or replaces one; a test that was is void then. */
export async function saveRow(tx: Tx, row: ConnectionRow): Promise<void> {
  const touched = await tx.run(sql`
    insert into connectors.connection (id, workspace_id, name, place, key, secret, created_by, created_at)
    select ${row.id}, ${tx.workspace}::int, ${row.name}::text, ${JSON.stringify(row.place)}::jsonb, ${row.key}, ${row.secret},
      ${row.created_by}, ${row.created_at}::timestamptz
    where not exists (select from connectors.connection
      where workspace_id = ${tx.workspace} and name = ${row.name} and id <> ${row.id})
    on conflict (id) do update set name = excluded.name, place = excluded.place, key = excluded.key, secret = excluded.secret,
      tested_at = null, fault_code = null, fault_message = null`)
  if (touched === 0)
    throw new AppError('connection.name_taken', 'conflict', 'There is a connection of this name.', {
      details: { path: '/body/name' },
    })
}

export const saveOutcome = (tx: Tx, id: string, at: number, fault: AppError | undefined) =>
  tx.run(sql`
    update connectors.connection set tested_at = ${new Date(at)}, fault_code = ${fault?.code ?? null},
      fault_message = ${fault?.message ?? null} where workspace_id = ${tx.workspace} and id = ${id}`)

export const deleteRow = (tx: Tx, id: string) =>
  tx.run(sql`delete from connectors.connection where workspace_id = ${tx.workspace} and id = ${id}`)

const placeOf = (workspace: number, id: string) => `${workspace}|connectors.connection|secret|${id}`

export const sealSecret = (box: SecretBox, workspace: number, id: string, secret: string): string =>
  box.seal(placeOf(workspace, id), secret)

export const credentialsOf = (box: SecretBox, row: ConnectionRow): Credentials => ({
  key: row.key,
  secret: box.open(placeOf(row.workspace_id, row.id), row.secret),
})

export const presentConnection = (row: ConnectionRow): Connection => ({
  ...{ id: row.id, name: row.name, place: row.place, key: row.key },
  tested: row.tested_at && {
    at: row.tested_at.toISOString(),
    code: row.fault_code,
    message: row.fault_message,
  },
  ...{ createdBy: row.created_by, createdAt: row.created_at.toISOString() },
})
