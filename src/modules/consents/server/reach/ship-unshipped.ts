import { sql } from 'kysely'
import type { ConsentDeps } from '#modules/consents/server/consent-deps.ts'
import { changePeople, nothing } from '#modules/profiles/index.ts'
import { systemCtx, type WorkspaceRef } from '#platform/context.ts'
import type { Tx } from '#platform/pg/database.ts'

type Deps = Pick<ConsentDeps, 'database' | 'writer' | 'profiles' | 'clock' | 'log'>
// One turn of the writer: as many rows as a projected range has at most.
const perTurn = 2000

/**
 * Brings the rows of whoever is behind up to date, in the writer's turns; resolves when there are none left. The notes
 * are taken away in the transaction of the shipping: broken off, it is done again.
 */
export async function shipWorkspace(deps: Deps, workspace: WorkspaceRef, patienceMs?: number): Promise<void> {
  const ctx = systemCtx(workspace, deps.clock.now(), 'consents')
  for (let left = true; left; )
    left = await changePeople<undefined, boolean>(
      deps,
      patienceMs === undefined ? ctx : { ...ctx, patienceMs },
      {
        plan: async () => undefined,
        carryOut: async (tx) => {
          const { persons, full } = await takeUnshipped(tx)
          if (persons.length === 0) return { result: full, change: nothing(tx.workspace), shipments: [] }
          const done = await deps.profiles.recogniser.decide(tx, tx.workspace, { observations: [] }, persons)
          return { ...done, result: full }
        },
      },
    )
}

/** People of the oldest notes, which go; whoever shares an identifier looks different, too. */
async function takeUnshipped(tx: Tx): Promise<{ persons: number[]; full: boolean }> {
  const taken = await tx.rows<{ unit: number }>(sql`
    delete from consents.unshipped where seq in (
      select seq from consents.unshipped where workspace_id = ${tx.workspace} order by seq limit ${perTurn})
    returning unit`)
  const rows = await tx.rows<{ person: number }>(sql`
    select distinct person from read.identifier_holder
    where workspace_id = ${tx.workspace} and unit = any(${taken.map((row) => row.unit)}::bigint[])`)
  return { persons: rows.map((row) => row.person), full: taken.length === perTurn }
}

/** Workspaces in which anybody is behind. */
export const workspacesBehind = (deps: Pick<Deps, 'database'>): Promise<WorkspaceRef[]> =>
  deps.database.system((tx) =>
    tx.rows<WorkspaceRef>(sql`
      select w.num, w.id, w.timezone from platform.workspace w
      where exists (select from consents.unshipped u where u.workspace_id = w.num) order by w.num`),
  )

export async function shipEverywhere(deps: Deps): Promise<void> {
  for (const workspace of await workspacesBehind(deps)) await shipWorkspace(deps, workspace)
}
