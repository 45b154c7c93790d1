import { sql } from 'kysely'
import { eraseFromLog, findMore, nothingFound } from '#modules/collect/index.ts'
import { type LedgerEntry, ledgerNamer } from '#modules/privacy/server/erasure-ledger.ts'
import { forgetAnswers } from '#modules/privacy/server/forget-answers.ts'
import { erasedPeople, eraseIdentity, identifiersOfWorkspace, planErasure } from '#modules/profiles/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Database, Tx } from '#platform/pg/database.ts'
import type { ErasedPerson } from '#slots/personal-data.ts'

type Deps = {
  database: Database
  instanceKey: Buffer
  /** What other modules keep in Postgres. */
  forget: readonly ((tx: Tx, person: ErasedPerson) => Promise<void>)[]
}
type Workspace = Pick<WorkspaceCtx, 'workspace'>

/**
 * Erases again whom a restored backup knows still: entries made after it was begun. In Postgres alone, before anybody
 * can ask; ClickHouse is built from it later. Answers how many identifiers went.
 */
export async function replayErasures(
  deps: Deps,
  entries: readonly LedgerEntry[],
  backupAt: number,
): Promise<number> {
  const due = entries.filter((entry) => entry.at >= backupAt)
  const nameOf = ledgerNamer(deps.instanceKey)
  let erased = 0
  for (const [id, ones] of Map.groupBy(due, (entry) => entry.workspace)) {
    const num = await numberOf(deps.database, id)
    if (num === undefined) continue // made after the backup
    const names = new Set(ones.flatMap((entry) => entry.names))
    erased += await eraseNamed(deps, { workspace: { num, id, timezone: 'UTC' } }, (identifier) =>
      names.has(nameOf(id, identifier)),
    )
  }
  return erased
}

const numberOf = async (database: Database, id: string): Promise<number | undefined> =>
  (
    await database.system((tx) =>
      tx.row<{ num: number }>(sql`select num from platform.workspace where id = ${id}`),
    )
  )?.num

async function eraseNamed(
  { database, forget }: Deps,
  ctx: Workspace,
  isMeant: (id: { kind: string; value: string }) => boolean,
): Promise<number> {
  const meant: { unit: number; kind: string; value: string }[] = []
  for (let after = 0; ; ) {
    const some = await database.read(ctx, (tx) => identifiersOfWorkspace(tx, after))
    meant.push(...some.filter(isMeant))
    const last = some.at(-1)
    if (!last) break
    after = last.unit
  }
  if (meant.length === 0) return 0
  return database.write(ctx, async (tx) => {
    const units = meant.map((id) => id.unit)
    const plan = await planErasure(tx, tx.workspace, units)
    const people = await erasedPeople(tx, tx.workspace, plan)
    const found = nothingFound()
    for (let more = true; more; ) more = await findMore(tx, tx.workspace, people, found)
    await eraseFromLog(tx, tx.workspace, found)
    await eraseIdentity(tx, tx.workspace, plan, found.earliest)
    const marks = meant.map((id) => id.value)
    for (const one of forget) await one(tx, { units, identifiers: meant, marks })
    await forgetAnswers(tx, marks)
    return units.length
  })
}
