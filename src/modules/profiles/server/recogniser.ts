import { sql } from 'kysely'
import { applyBatch, type Batch } from '#modules/profiles/identity/apply-observations.ts'
import {
  createIdentity,
  findKnown,
  type IdentityState,
  loadClaims,
  loadComponents,
  sizeOf,
} from '#modules/profiles/identity/identity-state.ts'
import type { Delta } from '#modules/profiles/identity/identity-store.ts'
import { createKinds } from '#modules/profiles/identity/kind-rules.ts'
import type { Identifier, Moment } from '#modules/profiles/identity/observation.ts'
import {
  registerAttributes,
  type SeenAttributes,
} from '#modules/profiles/server/attributes/register-attributes.ts'
import { createDictionaryReload } from '#modules/profiles/server/dictionary-reload.ts'
import { eraseIdentity } from '#modules/profiles/server/erase-identity.ts'
import type { ErasurePlan } from '#modules/profiles/server/erasure-plan.ts'
import {
  findComponents,
  loadStored,
  loadStoredClaims,
  saveDelta,
} from '#modules/profiles/server/identity-rows.ts'
import { loadIdentitySettings } from '#modules/profiles/server/identity-settings.ts'
import { type Call, identifiersOfCall, observationOf } from '#modules/profiles/server/recognise-calls.ts'
import { shipIdentity, shipPeople } from '#modules/profiles/server/ship-people.ts'
import { markCommitted, nextVersion, repairShipments } from '#modules/profiles/server/shipped-versions.ts'
import { createTraitStore, type TraitStore } from '#modules/profiles/server/trait-store.ts'
import { unitActivityLines } from '#modules/profiles/server/unit-activity.ts'
import { unitsOfPast } from '#modules/profiles/server/units-of-past.ts'
import { whoDidWhat } from '#modules/profiles/server/who-did-what.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { Log } from '#platform/log.ts'
import { type Database, inWorkspace, type Tx } from '#platform/pg/database.ts'
import type { CallCompanion } from '#slots/call-companion.ts'
import type { PeopleChange, Shipment } from '#slots/people-change.ts'
import type { PersonProjection } from '#slots/person-projection.ts'

export type Recognised = { units: number[]; change: PeopleChange; shipments: Shipment[] }

/** Turns calls into people. One writer only: all of it runs inside the projector's turn. */
export type Recogniser = {
  /** Loads the identity settings of these workspaces; must precede `identifiersOf`. */
  prepare(tx: Tx, workspaces: ReadonlySet<number>): Promise<void>
  /** Usable identifiers of a call, strongest first; empty when it cannot be stored. Pure after `prepare`. */
  identifiersOf(workspace: number, call: Call): Identifier[]
  /** The same for readers outside of the projector's turn, who must not touch its memory. */
  identifiersReader(tx: Tx, workspace: number): Promise<(call: Call) => Identifier[]>
  /** Whose events these are, and what they changed; rows to ship come with it, Postgres is written in `tx`. */
  recognise(tx: Tx, workspace: number, calls: readonly (Call & { name: string })[]): Promise<Recognised>
  /** Units of calls that were recognised before, for rebuilding: looked up, nothing learned. */
  unitsOf(tx: Tx, workspace: number, calls: readonly Call[]): Promise<{ units: number[]; activity: string }>
  /** Takes a user's decision (or nothing) in and ships the given people anew: manual changes, tags, attributes. */
  decide(
    tx: Tx,
    workspace: number,
    batch: Batch,
    alsoPeople?: readonly number[],
  ): Promise<Omit<Recognised, 'units'>>
  /** Removes people and all that is known of them; rows to ship are of those it changes something for. */
  erase(
    tx: Tx,
    workspace: number,
    plan: ErasurePlan,
    earliest?: ReadonlyMap<number, Moment>,
  ): Promise<Omit<Recognised, 'units'>>
  /** The trait store of a workspace, for values set by hand; inside the projector's turn. */
  traits(workspace: number): TraitStore
  /** Makes shipped changes of identity visible to queries. */
  publish(): Promise<void>
  /** Throws memory away, after a failure or when settings changed. */
  reset(): void
  /** After a failure: ships again what ClickHouse has from a transaction that never committed; answers whether there was any. */
  reloadAnalytics(): Promise<boolean>
}

type Held = { identity: IdentityState; traits: TraitStore; units: UnitRange; attributes: SeenAttributes }
/** Blocks of numbers taken from the sequence and not given out yet. */
type UnitRange = { blocks: { next: number; end: number }[] }
const unitBlock = 1000 // as the sequence increments

// About 1.4 kB an identifier, so 280 MB at most; above this the cache starts again empty.
const identifiersInMemory = 200_000

export type RecogniserDeps = {
  database: Database
  ch: ClickHouse
  log: Log
  /** May still grow while modules are opened. */
  companions: readonly CallCompanion[]
  /** Further rows about people, shipped with theirs. */
  projections?: readonly PersonProjection[]
}

export function createRecogniser(deps: RecogniserDeps): Recogniser {
  let held = new Map<number, Held>()
  const dictionaries = createDictionaryReload(deps.ch)
  const { projections = [] } = deps

  const of = (workspace: number): Held => {
    const one = held.get(workspace)
    if (!one) throw new Error(`workspace ${workspace} was not prepared`)
    return one
  }

  async function prepare(tx: Tx, workspaces: ReadonlySet<number>): Promise<void> {
    for (const workspace of workspaces) {
      const known = held.get(workspace)
      if (known && sizeOf(known.identity) < identifiersInMemory) continue
      const settings = await loadIdentitySettings(tx, workspace)
      const units: UnitRange = { blocks: [] }
      const identity = createIdentity({ settings, nextUnit: () => takeUnit(units) })
      held.set(workspace, { identity, traits: createTraitStore(workspace), units, attributes: new Map() })
    }
  }

  async function apply(tx: Tx, workspace: number, batch: Batch): Promise<Delta> {
    const { identity, units } = of(workspace)
    const mentioned = batch.observations.reduce((sum, one) => sum + one.ids.length + 2, 0)
    await reserveUnits(tx, units, mentioned + 64)
    // Two rounds as a rule: look identifiers up, then claims of shared devices; the bound only stops a bug.
    for (let round = 0; round < 20; round++) {
      const outcome = applyBatch(identity, batch)
      if ('delta' in outcome) {
        await saveDelta(tx, workspace, outcome.delta)
        return outcome.delta
      }
      await load(tx, workspace, identity, outcome.needs.identifiers)
      if (outcome.needs.claims.length > 0)
        loadClaims(
          identity,
          outcome.needs.claims,
          await loadStoredClaims(tx, workspace, outcome.needs.claims),
        )
    }
    throw new Error('identity did not settle on what it needs')
  }

  async function load(
    tx: Tx,
    workspace: number,
    identity: IdentityState,
    ids: readonly Identifier[],
  ): Promise<void> {
    if (ids.length === 0) return
    loadComponents(identity, ids, await loadStored(tx, workspace, await findComponents(tx, workspace, ids)))
  }

  async function recognise(
    tx: Tx,
    workspace: number,
    calls: readonly (Call & { name: string })[],
  ): Promise<Recognised> {
    const { identity, traits, attributes } = of(workspace)
    const ids = calls.map((call) => identifiersOfCall(identity, call))
    const observations = calls.map((call, at) => observationOf(identity, call, ids[at] as Identifier[]))
    const delta = await apply(tx, workspace, { observations })
    const knowns = ids.map((all) => findKnown(identity, all[0]?.kind as string, all[0]?.value as string)!)
    const told = await traits.tellAll(tx, calls, knowns)
    await registerAttributes(tx, workspace, attributes, calls)
    const changed = await accompany(tx, workspace, calls)
    const version = await nextVersion(tx)
    const did = whoDidWhat(calls, knowns)
    const persons = new Set<number>()
    for (const some of did.values()) for (const person of some) persons.add(person)
    const moved = shipIdentity(delta, version)
    const people = new Set([...moved.persons, ...told.map((known) => known.cluster.root.unit), ...changed])
    for (const one of told)
      for (const owner of one.device?.switches ?? []) people.add(owner.owner.cluster.root.unit)
    const shipments = [
      ...moved.shipments,
      ...(await shipPeople(tx, workspace, traits, people, version, projections)),
    ]
    shipments.push({
      table: 'unit_activity',
      lines: unitActivityLines(
        workspace,
        calls,
        knowns.map((known) => known.unit),
      ),
    })
    await markCommitted(tx, version)
    dictionaries.note(delta.identifiers.length)
    for (const person of people) persons.add(person)
    return {
      units: knowns.map((known) => known.unit),
      change: {
        workspace,
        persons,
        events: new Set(did.keys()),
        hours: new Set(calls.map(({ time }) => Math.floor(time / 3_600_000))),
        moved: moved.units,
        did,
        state: people,
        ...moved.lives,
      },
      shipments,
    }
  }

  async function accompany(tx: Tx, workspace: number, calls: readonly Call[]): Promise<number[]> {
    const here = inWorkspace(tx, workspace)
    const changed: number[] = []
    for (const one of deps.companions) changed.push(...(await one.accompany(here, calls)))
    return changed
  }

  async function decide(tx: Tx, workspace: number, batch: Batch, alsoPeople: readonly number[] = []) {
    await prepare(tx, new Set([workspace]))
    const { traits } = of(workspace)
    const delta = await apply(tx, workspace, batch)
    const version = await nextVersion(tx)
    const moved = shipIdentity(delta, version)
    const persons = new Set([...moved.persons, ...alsoPeople])
    const shipments = [
      ...moved.shipments,
      ...(await shipPeople(tx, workspace, traits, persons, version, projections)),
    ]
    await markCommitted(tx, version)
    dictionaries.note(delta.identifiers.length)
    return {
      change: {
        workspace,
        persons,
        events: new Set<string>(),
        state: persons,
        moved: moved.units,
        ...moved.lives,
      },
      shipments,
    }
  }

  async function erase(
    tx: Tx,
    workspace: number,
    plan: ErasurePlan,
    earliest: ReadonlyMap<number, Moment> = new Map(),
  ) {
    held.delete(workspace) // it remembers them
    const { delta, persons: later } = await eraseIdentity(tx, workspace, plan, earliest)
    await prepare(tx, new Set([workspace]))
    const version = await nextVersion(tx)
    const moved = shipIdentity(delta, version)
    const persons = new Set([...moved.persons, ...plan.persons, ...later])
    const shipments = [
      ...moved.shipments,
      ...(await shipPeople(tx, workspace, of(workspace).traits, persons, version, projections)),
    ]
    await markCommitted(tx, version)
    dictionaries.note(delta.identifiers.length)
    return { change: { workspace, persons, events: new Set<string>(), state: persons }, shipments }
  }

  async function unitsOf(tx: Tx, workspace: number, calls: readonly Call[]) {
    const found = await unitsOfPast(tx, workspace, of(workspace).identity.kinds.settings, calls)
    return { units: found, activity: unitActivityLines(workspace, calls, found) }
  }

  return {
    prepare,
    unitsOf,
    identifiersOf: (workspace, call) => identifiersOfCall(of(workspace).identity, call),
    identifiersReader: async (tx, workspace) => {
      const kinds = createKinds(await loadIdentitySettings(tx, workspace))
      return (call) => identifiersOfCall({ kinds }, call)
    },
    recognise,
    decide,
    erase,
    traits: (workspace) => of(workspace).traits,
    publish: () => dictionaries.publish(),
    reset: () => {
      held = new Map()
    },
    reloadAnalytics: async () => {
      const isRepaired = await repairShipments(deps)
      await dictionaries.reloadAll()
      return isRepaired
    },
  }
}

/** Takes numbers from the sequence in blocks; what is left over stays for the next batch of this workspace. */
async function reserveUnits(tx: Tx, units: UnitRange, wanted: number): Promise<void> {
  const left = units.blocks.reduce((sum, block) => sum + block.end - block.next, 0)
  if (left >= wanted) return
  const blocks = await tx.rows<{ first: number }>(sql`
    select nextval('profiles.unit_seq') as first from generate_series(1, ${Math.ceil((wanted - left) / unitBlock)})`)
  units.blocks.push(...blocks.map(({ first }) => ({ next: first, end: first + unitBlock })))
}

function takeUnit(units: UnitRange): number {
  const [block] = units.blocks
  if (!block) throw new Error('unit numbers were not reserved')
  const unit = block.next++
  if (block.next === block.end) units.blocks.shift()
  return unit
}
