import { createKinds, type IdentitySettings, kindNamed } from '#modules/profiles/identity/kind-rules.ts'
import { type AttributeMarks, loadMarks } from '#modules/profiles/server/attributes/attribute-marks.ts'
import { loadIdentitySettings } from '#modules/profiles/server/identity-settings.ts'
import { createMask, type Mask, noMask } from '#modules/profiles/server/masking/mask.ts'
import { sightOf } from '#modules/profiles/server/masking/sight.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Database, Tx } from '#platform/pg/database.ts'

/** What the caller gets to see in place of personal data. */
export async function loadMask(
  tx: Tx,
  ctx: Pick<WorkspaceCtx, 'actor' | 'permissions' | 'sight'>,
): Promise<Mask> {
  return sightOf(ctx) === 'full' ? noMask : personalMask(tx)
}

/** The mask of who sees nothing personal, whoever asks. */
export async function personalMask(tx: Tx): Promise<Mask> {
  return maskOf(await loadIdentitySettings(tx, tx.workspace), await loadMarks(tx, tx.workspace))
}

export function maskOf(settings: IdentitySettings, { personal }: Pick<AttributeMarks, 'personal'>): Mask {
  const kinds = createKinds(settings)
  return createMask({
    names: new Set([...personal].map((name) => name.toLowerCase())),
    isContact: (kind) => kindNamed(kinds, kind).class === 'contact',
  })
}

/** What the caller gets to see in place of attributes of companies that are marked personal. */
export const maskOfCompanies = async (
  deps: { database: Database; circleMarks: (tx: Tx) => Promise<ReadonlySet<string>> },
  ctx: WorkspaceCtx,
): Promise<Mask> =>
  sightOf(ctx) === 'full'
    ? noMask
    : createMask({ names: await deps.database.read(ctx, deps.circleMarks), isContact: () => false })

/** The same outside of a transaction. */
export async function maskFor(deps: { database: Database }, ctx: WorkspaceCtx): Promise<Mask> {
  return sightOf(ctx) === 'full' ? noMask : deps.database.read(ctx, personalMask)
}
