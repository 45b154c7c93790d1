import { type AccessDeps, forgetAnswers } from '#modules/access/server/access-deps.ts'
import { audit } from '#modules/access/server/audit/audit.ts'
import {
  presentWorkspace,
  readWorkspace,
  updateWorkspace,
} from '#modules/access/server/workspaces/workspace-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

export async function getWorkspace(deps: AccessDeps, ctx: WorkspaceCtx) {
  return presentWorkspace(await deps.database.read(ctx, readWorkspace))
}

export type WorkspaceChange = {
  name?: string | undefined
  timezone?: string | undefined
  country?: string | undefined
  currency?: string | undefined
}

/** Changes the workspace's settings and announces `workspace.changed`: windows and days depend on the time zone. */
export async function changeWorkspace(deps: AccessDeps, ctx: WorkspaceCtx, change: WorkspaceChange) {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  const row = await deps.database.write(ctx, async (tx) => {
    const changed = await updateWorkspace(tx, given)
    await audit(deps, tx, ctx, { action: 'workspace.changed', subject: ctx.workspace.id, details: given })
    await tx.emit('workspace.changed', { changed: Object.keys(given) })
    return changed
  })
  forgetAnswers(deps)
  return presentWorkspace(row)
}
