import { sql } from 'kysely'
import { followAllDepartments } from '#modules/profiles/server/owner-store.ts'
import { linesOfUnits, rowsOfLivingPeople, type UnitRow } from '#modules/profiles/server/rebuild-people.ts'
import { markCommitted, nextVersion } from '#modules/profiles/server/shipped-versions.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import { emptyTable } from '#platform/ch/upkeep.ts'
import type { Database } from '#platform/pg/database.ts'
import type { PersonProjection } from '#slots/person-projection.ts'

type Deps = { database: Database; ch: ClickHouse; projections: readonly PersonProjection[] }

// One step is one query and one insert: 2,000 people with attributes are some MB of lines.
const unitsPerStep = 20_000
const peoplePerStep = 2000

/**
 * Everything ClickHouse knows of people, anew from Postgres, in steps that fit into memory whatever the size. Runs
 * inside the projector's turn: nobody changes people meanwhile. Answers the number of people; reload dictionaries after.
 */
export async function rebuildAllPeople(
  deps: Deps,
  progress: (share: number) => Promise<void>,
): Promise<number> {
  for (const table of [
    'people',
    'unit_person',
    'unit_person_base',
    'device_owner',
    ...deps.projections.map((one) => one.table),
  ])
    await emptyTable(deps.ch, table)
  const { version, total } = await deps.database.system(async (tx) => {
    await followAllDepartments(tx)
    const row = await tx.row<{ n: number }>(sql`select count(distinct person) as n from profiles.identifier`)
    return { version: await nextVersion(tx), total: row?.n ?? 0 }
  })
  await shipUnits(deps, version)
  let done = 0
  for (const workspace of await workspacesWithPeople(deps.database))
    for await (const people of shipPeopleOf(deps, workspace, version)) {
      done += people
      await progress(done / Math.max(1, total))
    }
  await deps.database.system((tx) => markCommitted(tx, version))
  return done
}

/** Units that are not simply their own person; the others need no entry. */
async function shipUnits({ database, ch }: Deps, version: number): Promise<void> {
  for (let after = 0; ; ) {
    const rows = await database.system((tx) =>
      tx.rows<UnitRow>(sql`
        select unit, person, intervals from profiles.identifier
        where unit > ${after} and (person <> unit or jsonb_array_length(intervals) > 1) order by unit limit ${unitsPerStep}`),
    )
    const last = rows.at(-1)
    if (!last) return
    const lines = linesOfUnits(rows, version)
    await ch.insertLines('unit_person', lines.unitPerson)
    await ch.insertLines('device_owner', lines.deviceOwner)
    after = last.unit
  }
}

async function workspacesWithPeople(database: Database): Promise<number[]> {
  const rows = await database.system((tx) =>
    tx.rows<{ num: number }>(sql`select num from platform.workspace order by num`),
  )
  return rows.map((row) => row.num)
}

async function* shipPeopleOf(
  { database, ch, projections }: Deps,
  workspace: number,
  version: number,
): AsyncGenerator<number> {
  for (let after = 0; ; ) {
    const step = await database.system(async (tx) => {
      const rows = await tx.rows<{ person: number }>(sql`
        select distinct person from profiles.identifier
        where workspace_id = ${workspace} and person > ${after} order by person limit ${peoplePerStep}`)
      const persons = rows.map((row) => row.person)
      return { persons, rows: await rowsOfLivingPeople(tx, workspace, persons, version, projections) }
    })
    const last = step.persons.at(-1)
    if (last === undefined) return
    for (const { table, lines } of step.rows) await ch.insertLines(table, lines)
    after = last
    yield step.persons.length
  }
}
