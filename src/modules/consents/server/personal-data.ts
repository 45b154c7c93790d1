import { sql } from 'kysely'
import { addressKinds, channelsOf } from '#modules/consents/server/address.ts'
import type { ConsentDeps } from '#modules/consents/server/consent-deps.ts'
import { entriesOf, presentEntry } from '#modules/consents/server/log/history.ts'
import { noteUnshipped } from '#modules/consents/server/log/record.ts'
import { reachTable } from '#modules/consents/server/reach/analytics-schema.ts'
import { consentsOf } from '#modules/consents/server/reach/person-consents.ts'
import { insertSuppressions } from '#modules/consents/server/suppressions/suppression-store.ts'
import { numberList } from '#modules/profiles/index.ts'
import { deleteRows } from '#platform/ch/upkeep.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { ErasedPerson, PersonalDataKeeper } from '#slots/personal-data.ts'

// Far beyond what anybody says; an answer has an end.
const mostEntries = 10_000
const written = ['email', 'sms', 'wechat'] as const

/**
 * What somebody said goes with them. That their address shall not be written to stays, as a keyed hash without anything
 * readable beside it: or else the next import would write to who asked to be forgotten.
 */
export function consentKeeper(
  deps: Pick<ConsentDeps, 'database' | 'hash' | 'ch' | 'clock'>,
): PersonalDataKeeper {
  return {
    name: 'consents',
    tell: (ctx, { person }) =>
      deps.database.read(ctx, async (tx) => ({
        consents: (await entriesOf(tx, person, undefined, mostEntries)).map(presentEntry),
        reach: await consentsOf(deps, tx, ctx.now, person),
      })),
    forget: async (ctx, erased) => {
      await deps.database.write(ctx, (tx) => forgetInPostgres(deps, tx, erased))
      const list = numberList(erased.units)
      await deleteRows(deps.ch, reachTable, () => `ws = ${ctx.workspace.num} AND person IN (${list})`)
    },
  }
}

/** Of people who were erased, in Postgres alone: for a restored backup, too. */
export async function forgetInPostgres(
  deps: Pick<ConsentDeps, 'hash' | 'clock'>,
  tx: Tx,
  erased: ErasedPerson,
): Promise<void> {
  await forgetHere(tx, erased)
  await keepAway(deps, tx, erased)
}

async function forgetHere(tx: Tx, { units }: ErasedPerson): Promise<void> {
  for (const table of ['entry', 'state', 'address_refusal', 'person_cap', 'unshipped'])
    await tx.run(sql`
      delete from ${sql.table(`consents.${table}`)}
      where workspace_id = ${tx.workspace} and unit = any(${[...units]}::bigint[])`)
  await tx.run(sql`
    update consents.suppression set unit = null, masked = null, detail = ''
    where workspace_id = ${tx.workspace} and unit = any(${[...units]}::bigint[])`)
}

/** Addresses that stay with somebody else are theirs: what these said counts for them. */
async function keepAway(
  { hash, clock }: Pick<ConsentDeps, 'hash' | 'clock'>,
  tx: Tx,
  { identifiers }: ErasedPerson,
): Promise<void> {
  const staying = await tx.rows<{ kind: string; value: string; unit: number }>(sql`
    select i.kind, i.value, i.unit from read.identifier i
    join jsonb_to_recordset(${JSON.stringify(identifiers)}::jsonb) as g (kind text, value text)
      on i.kind = g.kind and i.value = g.value
    where i.workspace_id = ${tx.workspace}`)
  const kept = new Set(staying.map((one) => `${one.kind} ${one.value}`))
  const gone = identifiers.filter((one) => !kept.has(`${one.kind} ${one.value}`))
  await insertSuppressions(
    tx,
    gone.flatMap(({ kind, value }) =>
      channelsOf(kind)
        .filter((channel) => written.some((one) => one === channel) && addressKinds[channel].includes(kind))
        .map((channel) => ({
          ...{ channel, reason: 'erased' as const, detail: '', masked: null, unit: null },
          address: hash(tx.workspace, value),
          ...{ since: new Date(clock.now()), expires_at: null, by: 'erasure', by_kind: 'system' },
        })),
    ),
  )
  // Their refusals went with who said them.
  await noteUnshipped(
    tx,
    staying.map((one) => one.unit),
  )
}
