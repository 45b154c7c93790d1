import { sql } from 'kysely'
import {
  createIdentity,
  type IdentityState,
  loadComponents,
} from '#modules/profiles/identity/identity-state.ts'
import type { Identifier } from '#modules/profiles/identity/observation.ts'
import type { DecisionFacts } from '#modules/profiles/identity/plan-merge.ts'
import { findComponents, loadStored } from '#modules/profiles/server/identity-rows.ts'
import { loadIdentitySettings } from '#modules/profiles/server/identity-settings.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { newId } from '#platform/ids.ts'
import type { Tx } from '#platform/pg/database.ts'

/**
 * The surroundings of some identifiers as Postgres has them, for looking only: plans, previews and explanations work
 * on their own copy, so none of them can disturb the recogniser's memory.
 */
export async function loadIdentity(tx: Tx, ids: readonly Identifier[]): Promise<IdentityState> {
  const settings = await loadIdentitySettings(tx, tx.workspace)
  const state = createIdentity({ settings, nextUnit: refuseUnits })
  loadComponents(state, ids, await loadStored(tx, tx.workspace, await findComponents(tx, tx.workspace, ids)))
  return state
}

function refuseUnits(): number {
  throw new Error('an identity loaded for looking must not learn')
}

/** Id, time and author of a new decision; its time is after all earlier ones, because their order counts. */
export async function decisionFacts(
  tx: Tx,
  ctx: Pick<WorkspaceCtx, 'actor' | 'now'>,
): Promise<DecisionFacts> {
  const row = await tx.row<{ at: Date | null }>(sql`
    select max(at) as at from profiles.decision where workspace_id = ${tx.workspace}`)
  const { name: by, kind: byKind } = ctx.actor
  return { id: newId('dec'), at: Math.max(ctx.now, (row?.at?.getTime() ?? 0) + 1), by, byKind }
}
