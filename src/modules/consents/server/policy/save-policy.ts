import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import type { MessagingPolicy } from '#modules/consents/contract/shapes.ts'
import type { routes } from '#modules/consents/contract.ts'
import type { ConsentDeps } from '#modules/consents/server/consent-deps.ts'
import { readPolicy, writePolicy } from '#modules/consents/server/policy/policy-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

type Deps = Pick<ConsentDeps, 'database' | 'audit'>

export const getPolicy = (deps: Deps, ctx: WorkspaceCtx): Promise<MessagingPolicy> =>
  deps.database.read(ctx, readPolicy)

/** Changes what is given; the rest stays. The audit log says of each field what it was and is. */
export function savePolicy(
  deps: Deps,
  ctx: WorkspaceCtx,
  given: z.output<typeof routes.savePolicy.body>,
): Promise<MessagingPolicy> {
  return deps.database.write(ctx, async (tx) => {
    const before = await readPolicy(tx)
    const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
    const after: MessagingPolicy = { ...before, ...said }
    const changed = (Object.keys(after) as (keyof MessagingPolicy)[]).filter(
      (name) => !isDeepStrictEqual(before[name], after[name]),
    )
    if (changed.length === 0) return before
    await writePolicy(tx, after, ctx.now)
    const details = Object.fromEntries(changed.map((name) => [name, { from: before[name], to: after[name] }]))
    await deps.audit(tx, ctx, { action: 'messaging_policy.changed', details })
    if (changed.includes('unknown_consent')) await tx.emit('consent.rules_changed', {})
    return readPolicy(tx) // fields in the order everybody else reads them in
  })
}
