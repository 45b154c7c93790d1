import { sql } from 'kysely'
import { rowsOfPeople, rowsOfUnits } from '#modules/profiles/server/rebuild-people.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { Database, Tx } from '#platform/pg/database.ts'
import type { PersonProjection } from '#slots/person-projection.ts'

type Deps = { database: Database; ch: ClickHouse; projections?: readonly PersonProjection[] }

/**
 * A number never used before, larger than all before; failed transactions leave gaps. After a crash PostgreSQL may have
 * forgotten numbers that only lost transactions took: `repairShipments` steps over them.
 */
export async function nextVersion(tx: Tx): Promise<number> {
  const row = await tx.row<{ version: number }>(sql`select nextval('profiles.version_seq') as version`)
  return row?.version as number
}

/** Commits together with what was shipped under this version. */
export async function markCommitted(tx: Tx, version: number): Promise<void> {
  await tx.run(sql`update profiles.shipped set committed = ${version}`)
}

/**
 * ClickHouse may hold rows of a transaction that never committed. Their versions lie above the committed one: what
 * they describe is read from Postgres again and shipped under a new version. Answers whether there were any.
 */
export async function repairShipments({ database, ch, projections = [] }: Deps): Promise<boolean> {
  const tables = ['people', ...projections.map((one) => one.table)]
  await stepOverForgotten(database, ch, tables)
  const committed = await database.system((tx) =>
    tx.row<{ committed: number }>(sql`select committed from profiles.shipped`),
  )
  const above = { version: committed?.committed ?? 0 }
  const units = await ch.query<{ unit: number }>(
    `SELECT DISTINCT unit FROM unit_person WHERE version > {version:UInt64}
     UNION DISTINCT SELECT DISTINCT unit FROM device_owner WHERE version > {version:UInt64}`,
    above,
  )
  const people = await ch.query<{ ws: number; person: number }>(
    tables
      .map((table) => `SELECT DISTINCT ws, person FROM ${table} WHERE version > {version:UInt64}`)
      .join(' UNION DISTINCT '),
    above,
  )
  if (units.length === 0 && people.length === 0) return false
  await database.system(async (tx) => {
    const version = await nextVersion(tx)
    const rows = await rowsOfUnits(
      tx,
      units.map((row) => row.unit),
      version,
    )
    await ch.insertLines('unit_person', rows.unitPerson)
    await ch.insertLines('device_owner', rows.deviceOwner)
    for (const [workspace, ones] of Map.groupBy(people, (row) => row.ws))
      for (const { table, lines } of await rowsOfPeople(
        tx,
        workspace,
        ones.map((one) => one.person),
        version,
        projections,
      ))
        await ch.insertLines(table, lines)
    await markCommitted(tx, version)
  })
  return true
}

/** Equal versions in ClickHouse would leave to chance which row counts. */
async function stepOverForgotten(
  database: Database,
  ch: ClickHouse,
  tables: readonly string[],
): Promise<void> {
  const [row] = await ch.query<{ version: number }>(
    `SELECT max(version) AS version FROM (${['unit_person', 'device_owner', ...tables]
      .map((table) => `SELECT version FROM ${table}`)
      .join(' UNION ALL ')})`,
  )
  const highest = row?.version ?? 0
  await database.system(async (tx) => {
    const behind = highest - (await nextVersion(tx))
    if (behind >= 0)
      await tx.run(sql`select nextval('profiles.version_seq') from generate_series(1, ${behind + 1})`)
  })
}
