import { createKinds, type IdentitySettings } from '#modules/profiles/identity/kind-rules.ts'
import { findUnits } from '#modules/profiles/server/identity-rows.ts'
import { type Call, identifiersOfCall } from '#modules/profiles/server/recognise-calls.ts'
import type { Tx } from '#platform/pg/database.ts'

/**
 * Units of calls that were stored before: of each the strongest identifier that has one. Values a workspace blocked
 * since are looked for too, because an event keeps its unit for ever. 0 when none is known any more (the country
 * phone numbers are read in was changed): the event is kept and counted, and belongs to nobody.
 */
export async function unitsOfPast(
  tx: Tx,
  workspace: number,
  settings: IdentitySettings,
  calls: readonly Call[],
): Promise<number[]> {
  const state = stateOfPast(settings)
  if (calls.length === 0) return []
  const candidates = calls.map((call) => identifiersOfCall(state, call))
  const units = await findUnits(tx, workspace, candidates.flat())
  return candidates.map((ids) => {
    for (const id of ids) {
      const unit = units.get(`${id.kind}:${id.value}`)
      if (unit !== undefined) return unit
    }
    return 0
  })
}

/** How identifiers were read before anything was blocked. */
export const stateOfPast = (settings: IdentitySettings) => ({ kinds: createKinds(withoutBlocks(settings)) })

function withoutBlocks(settings: IdentitySettings): IdentitySettings {
  const kinds = Object.entries(settings.kinds).map(([kind, rule]) => [kind, { ...rule, blocked: [] }])
  return { ...settings, kinds: Object.fromEntries(kinds), blocked: [] }
}
