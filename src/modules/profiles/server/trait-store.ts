import type { Known } from '#modules/profiles/identity/known.ts'
import type { Call } from '#modules/profiles/server/recognise-calls.ts'
import {
  loadTraits,
  saveTraits,
  type Told,
  tell,
  type UnitTraits,
} from '#modules/profiles/server/unit-traits.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Values per identifier of one workspace; a bounded cache in front of Postgres. */
export type TraitStore = {
  /** Takes in the traits of calls; `knowns[i]` carries the values of `calls[i]`. Answers whose values changed. */
  tellAll(tx: Tx, calls: readonly Call[], knowns: readonly Known[]): Promise<Known[]>
  /** One value set by hand; `keepAll` where the unit is a device, whose values belong to a time. */
  tellOne(tx: Tx, unit: number, name: string, told: Told, keepAll: boolean): Promise<void>
  /** Forgets what a source told a unit, where it still stands; what stood before stands again. Answers whether it did. */
  takeBack(
    tx: Tx,
    unit: number,
    names: Readonly<Record<string, Told | null>>,
    source: IsTold,
  ): Promise<boolean>
  /** Loads units at once that are then changed one by one. */
  load(tx: Tx, units: readonly number[]): Promise<void>
  /** Writes what changed. */
  save(tx: Tx): Promise<void>
}

/** Whether a message told a value. */
export type IsTold = (messageId: string) => boolean

// Some 2 kB each: at most about 200 MB.
const unitsInMemory = 100_000

export function createTraitStore(workspace: number): TraitStore {
  const cache = new Map<number, UnitTraits>()
  let changed = new Map<number, UnitTraits>()

  async function load(tx: Tx, units: readonly number[]): Promise<void> {
    const missing = units.filter((unit) => !cache.has(unit))
    if (missing.length === 0) return
    if (cache.size + missing.length > unitsInMemory && changed.size === 0) cache.clear()
    const wanted = units.filter((unit) => !cache.has(unit))
    const stored = await loadTraits(tx, workspace, wanted)
    for (const unit of wanted) cache.set(unit, stored.get(unit) ?? {})
  }

  return {
    tellAll: async (tx, calls, knowns) => {
      const telling = calls.flatMap((call, at) =>
        isEmpty(call.traits) ? [] : [{ call, known: knowns[at] as Known }],
      )
      await load(tx, [...new Set(telling.map((one) => one.known.unit))])
      const touched = new Set<Known>()
      for (const { call, known } of telling) {
        const traits = cache.get(known.unit) as UnitTraits
        for (const [name, value] of Object.entries(call.traits)) {
          if (!tell(traits, name, [value, call.time, call.messageId], known.device !== undefined)) continue
          changed.set(known.unit, traits)
          touched.add(known)
        }
      }
      return [...touched]
    },
    tellOne: async (tx, unit, name, told, keepAll) => {
      await load(tx, [unit])
      const traits = cache.get(unit) as UnitTraits
      if (tell(traits, name, told, keepAll)) changed.set(unit, traits)
    },
    takeBack: async (tx, unit, names, source) => {
      await load(tx, [unit])
      const traits = cache.get(unit) as UnitTraits
      const restored = Object.keys(names).filter((name) => restore(traits, name, names[name] ?? null, source))
      if (restored.length > 0) changed.set(unit, traits)
      return restored.length > 0
    },
    load,
    save: async (tx) => {
      await saveTraits(tx, workspace, changed)
      changed = new Map()
    },
  }
}

/** Devices keep every value told; elsewhere one replaced the other, so the one before must be given. */
function restore(traits: UnitTraits, name: string, before: Told | null, source: IsTold): boolean {
  const told = Object.hasOwn(traits, name) ? (traits[name] as Told[]) : []
  const left = told.filter((one) => !source(one[2]))
  if (left.length === told.length) return false
  if (left.length === 0 && before !== null) left.push(before)
  if (left.length > 0) traits[name] = left
  else delete traits[name]
  return true
}

const isEmpty = (traits: Record<string, unknown>): boolean => {
  for (const _name in traits) return false
  return true
}
