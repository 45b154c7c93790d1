import { sql } from 'kysely'
import { changePeople, nothing } from '#modules/profiles/server/change-people.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import type { JobKind } from '#platform/jobs/worker.ts'
import type { Tx } from '#platform/pg/database.ts'

export const refreshKind = 'profiles:refresh'

// Events wait while a batch runs: some 100 ms each.
const peoplePerBatch = 1000

/**
 * Writes everybody's row in ClickHouse anew, some at a time, after the catalogue said otherwise how values are
 * stored: in which spelling (then segments look at each of them again), and whether the search box finds them.
 */
export function refreshJob(deps: ProfileDeps): JobKind {
  return {
    kind: refreshKind,
    maxAttempts: 16,
    run: async (job) => {
      const all = await deps.database.read(job.ctx, countPeople)
      let done = 0
      for (let after = 0; ; ) {
        await job.progress(all === 0 ? 1 : Math.min(1, done / all))
        const persons = await changePeople(deps, job.ctx, {
          plan: (tx) => nextPeople(tx, after),
          carryOut: async (tx, persons) => {
            if (persons.length === 0) return { result: persons, change: nothing(tx.workspace), shipments: [] }
            await deps.recogniser.prepare(tx, new Set([tx.workspace]))
            const { change, shipments } = await deps.recogniser.decide(
              tx,
              tx.workspace,
              { observations: [] },
              persons,
            )
            // Where no value is spelled otherwise, nobody enters or leaves a segment and nobody needs telling.
            const told = job.payload.spelling === true ? change : nothing(tx.workspace)
            return { result: persons, change: told, shipments }
          },
        })
        const last = persons.at(-1)
        if (last === undefined) return { people: done }
        done += persons.length
        after = last
      }
    },
  }
}

async function nextPeople(tx: Tx, after: number): Promise<number[]> {
  const rows = await tx.rows<{ person: number }>(sql`
    select distinct person from profiles.identifier
    where workspace_id = ${tx.workspace} and person > ${after} and seen order by person limit ${peoplePerBatch}`)
  return rows.map((row) => row.person)
}

async function countPeople(tx: Tx): Promise<number> {
  const row = await tx.row<{ n: number }>(sql`
    select count(distinct person)::int as n from profiles.identifier where workspace_id = ${tx.workspace} and seen`)
  return row?.n ?? 0
}
