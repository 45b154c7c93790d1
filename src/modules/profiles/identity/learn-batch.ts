import { applyBatch, type Batch } from './apply-observations.ts'
import { type IdentityState, isUnknown, loadClaims, loadComponents } from './identity-state.ts'
import type { Delta, IdentityStore } from './identity-store.ts'
import type { Identifier } from './observation.ts'

/**
 * Loads what the batch needs and takes it in: usually one round of loading, two when a late claim cuts a run. The
 * caller writes the delta in one transaction with its checkpoint, and throws the state away when that fails.
 */
export async function learnBatch(store: IdentityStore, state: IdentityState, batch: Batch): Promise<Delta> {
  for (;;) {
    const outcome = applyBatch(state, batch)
    if ('delta' in outcome) return outcome.delta
    const { identifiers, claims } = outcome.needs
    await loadIdentifiers(store, state, identifiers)
    if (claims.length > 0) loadClaims(state, claims, await store.loadClaims(claims))
  }
}

/** Brings the whole surroundings of these identifiers into memory (for plans, previews and explanations). */
export async function loadIdentifiers(
  store: IdentityStore,
  state: IdentityState,
  ids: readonly Identifier[],
): Promise<void> {
  const unknown = ids.filter((id) => isUnknown(state, id.kind, id.value))
  if (unknown.length === 0) return
  const components = await store.findComponents(unknown)
  const none = { identifiers: [], links: [], runs: [], decisions: [] }
  loadComponents(state, unknown, components.length > 0 ? await store.loadComponents(components) : none)
}
