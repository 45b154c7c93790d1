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
  /** Writes what changed. */
  save(tx: Tx): Promise<void>
}

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
    save: async (tx) => {
      await saveTraits(tx, workspace, changed)
      changed = new Map()
    },
  }
}

const isEmpty = (traits: Record<string, unknown>): boolean => {
  for (const _name in traits) return false
  return true
}
