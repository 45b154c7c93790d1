import type { AccessDeps } from '#modules/access/server/access-deps.ts'
import type { RequestCtx } from '#modules/access/server/authenticate/authenticate.ts'
import { createWorkspace } from '#modules/access/server/workspaces/create-workspace.ts'
import { AppError } from '#platform/errors.ts'

export type WorkspaceInput = {
  name: string
  timezone: string
  country: string
  currency: string
  email?: string | undefined
  password?: string | undefined
  onlyWhenEmpty: boolean
  withApiKey: boolean
}

/** A workspace for whoever asks: the command line names the owner's account, a member owns what they make. */
export async function createWorkspaceFor(deps: AccessDeps, ctx: RequestCtx, input: WorkspaceInput) {
  const { name, timezone, country, currency, onlyWhenEmpty, withApiKey } = input
  const created = await createWorkspace(deps, {
    name,
    timezone,
    country,
    currency,
    onlyWhenEmpty,
    withApiKey,
    owner: ownerOf(ctx, input),
  })
  const { workspaceId, writeKey, apiKey, account } = created
  return { workspaceId, writeKey, apiKey, account }
}

function ownerOf(ctx: RequestCtx, { email, password }: WorkspaceInput) {
  if (ctx.actor.kind === 'member' || ctx.actor.kind === 'user') return { userId: ctx.actor.userId }
  if (!ctx.permissions.has('instance:admin'))
    throw new AppError('access.denied', 'denied', 'A key belongs to one workspace and cannot make another.')
  if (email && password) return { email, password }
  throw new AppError('request.invalid', 'invalid', "Name the owner's mail address and password.", {
    details: { path: '/body/email' },
  })
}
