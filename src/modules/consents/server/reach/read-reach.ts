import type { SuppressionReason } from '#modules/consents/contract/shapes.ts'
import { type AddressHasher, channelsOf } from '#modules/consents/server/address.ts'
import {
  type Classes,
  combineStates,
  type RefusalRow,
  type StateRow,
} from '#modules/consents/server/log/apply-statements.ts'
import { loadRefusals, loadStates } from '#modules/consents/server/log/standing-store.ts'
import { suppressedAmong } from '#modules/consents/server/suppressions/suppression-store.ts'
import { loadClasses } from '#modules/consents/server/topics/topic-store.ts'
import type { Said, SaidAddress } from '#modules/rules/index.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { ProjectedPerson } from '#slots/person-projection.ts'

export type ReachAddress = SaidAddress & {
  kind: string
  value: string
  hash: string
  reason: SuppressionReason | null
}
/** What is known of one person: what they said, and their addresses. */
export type PersonReach = { said: (Said & { at: number })[]; addresses: ReachAddress[] }

/** Of many people at once, as of this transaction. */
export async function readReach(
  tx: Tx,
  hash: AddressHasher,
  people: readonly ProjectedPerson[],
  now: number,
): Promise<{ reach: Map<number, PersonReach>; classes: Classes }> {
  const classes = await loadClasses(tx)
  const addresses = new Map(
    people.map(({ person, identifiers }) => [
      person,
      identifiers.flatMap((one) => addressesOf(tx, hash, one)),
    ]),
  )
  const hashes = [...new Set([...addresses.values()].flatMap((ones) => ones.map((one) => one.hash)))]
  const states = Map.groupBy(
    await loadStates(
      tx,
      people.flatMap((one) => one.home),
    ),
    (row) => row.unit,
  )
  const refusals = Map.groupBy(await loadRefusals(tx, [], hashes), (row) => `${row.channel} ${row.address}`)
  const suppressed = await suppressedAmong(tx, hashes, now)
  const reach = new Map(
    people.map(({ person, home }) => {
      const rows: StateRow[] = home.flatMap((unit) => states.get(unit) ?? [])
      const own = (addresses.get(person) ?? []).map((one) => {
        const key = `${one.channel} ${one.hash}`
        return {
          ...one,
          ...asSaid(refusals.get(key) ?? []),
          dead: suppressed.has(key),
          reason: suppressed.get(key) ?? null,
        }
      })
      return [person, { said: combineStates(rows, classes), addresses: own }]
    }),
  )
  return { reach, classes }
}

function addressesOf(tx: Tx, hash: AddressHasher, { kind, value }: { kind: string; value: string }) {
  const channels = channelsOf(kind)
  if (channels.length === 0) return []
  const hashed = hash(tx.workspace, value).toString('hex')
  return channels.map((channel) => ({ channel, kind, value, hash: hashed }))
}

/** All marketing is refused as long as anybody refuses it; a topic is asked for again where everybody who refuses all of it did. */
function asSaid(rows: readonly RefusalRow[]): Pick<SaidAddress, 'refuses' | 'except'> {
  const [first, ...others] = rows.filter((row) => row.topic === '')
  const except = [...(first?.except ?? [])].filter((topic) => others.every((row) => row.except.has(topic)))
  return { refuses: [...new Set(rows.map((row) => row.topic))], except }
}
