import type { z } from 'zod'
import type { routes, SaveEndpoint, WebhookEndpoint } from '#modules/webhooks/contract.ts'
import { sealSecret } from '#modules/webhooks/server/endpoint-secret.ts'
import {
  deleteEndpoint,
  type EndpointRow,
  insertEndpoint,
  replaceSecret,
  requireEndpoint,
  switchOff,
  switchOn,
  updateEndpoint,
} from '#modules/webhooks/server/endpoint-store.ts'
import { presentEndpoint } from '#modules/webhooks/server/present-endpoint.ts'
import { newSecret } from '#modules/webhooks/server/sign.ts'
import type { WebhooksDeps } from '#modules/webhooks/server/webhooks-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import type { Outbound } from '#platform/outbound/create-outbound.ts'

// Long enough to put the new secret into a receiver by hand.
const overlapMs = 24 * 3600_000

export async function createEndpoint(
  deps: WebhooksDeps,
  ctx: WorkspaceCtx,
  given: SaveEndpoint,
): Promise<{ endpoint: WebhookEndpoint; secret: string }> {
  refuseNarrowScope(ctx)
  await refuseBadUrl(deps.outbound, given.url)
  const [id, secret] = [newId('whk'), newSecret()]
  const sealed = sealSecret(deps.secrets, ctx.workspace.num, id, secret)
  const row = await deps.database.write(ctx, async (tx) => {
    await insertEndpoint(tx, { ...given, id, sealed, by: ctx.actor, now: ctx.now })
    await deps.audit(tx, ctx, { action: 'webhook.created', subject: id, details: namesOf(given) })
    return requireEndpoint(tx, id, ctx.now)
  })
  return { endpoint: presentEndpoint(row, ctx), secret }
}

export async function changeEndpoint(
  deps: WebhooksDeps,
  ctx: WorkspaceCtx,
  id: string,
  given: z.infer<typeof routes.change.body>,
): Promise<WebhookEndpoint> {
  refuseNarrowScope(ctx)
  if (given.url !== undefined) await refuseBadUrl(deps.outbound, given.url)
  const row = await deps.database.write(ctx, async (tx) => {
    const before = await requireEndpoint(tx, id, ctx.now)
    const { enabled, ...told } = given
    const after: SaveEndpoint = { ...kept(before), ...told }
    await updateEndpoint(tx, id, after, ctx.now)
    const wasEnabled = before.off_reason === null
    if (enabled === true && !wasEnabled) await switchOn(tx, id)
    if (enabled === false && wasEnabled) await switchOff(tx, ctx.workspace.num, id, 'by_hand', ctx.now)
    const details = { ...namesOf(after), ...(enabled === undefined ? {} : { enabled }) }
    await deps.audit(tx, ctx, { action: 'webhook.changed', subject: id, details })
    return requireEndpoint(tx, id, ctx.now)
  })
  return presentEndpoint(row, ctx)
}

const kept = ({ url, description, types, segments }: EndpointRow): SaveEndpoint => ({
  url,
  description,
  types,
  segments,
})

export function removeEndpoint(deps: WebhooksDeps, ctx: WorkspaceCtx, id: string): Promise<void> {
  return deps.database.write(ctx, async (tx) => {
    const row = await requireEndpoint(tx, id, ctx.now)
    await deleteEndpoint(tx, id)
    await deps.audit(tx, ctx, { action: 'webhook.deleted', subject: id, details: namesOf(row) })
  })
}

/** For a day both secrets sign; of two rotations within it the older secret loses. */
export function rotateSecret(
  deps: WebhooksDeps,
  ctx: WorkspaceCtx,
  id: string,
): Promise<{ secret: string; oldSecretUntil: string }> {
  const secret = newSecret()
  const oldUntil = ctx.now + overlapMs
  return deps.database.write(ctx, async (tx) => {
    const row = await requireEndpoint(tx, id, ctx.now)
    await replaceSecret(tx, id, sealSecret(deps.secrets, ctx.workspace.num, id, secret), oldUntil)
    await deps.audit(tx, ctx, { action: 'webhook.secret_rotated', subject: id, details: namesOf(row) })
    return { secret, oldSecretUntil: new Date(oldUntil).toISOString() }
  })
}

/** Addresses may carry a token in their path or query: the log keeps where, not all of it. */
const namesOf = ({ url, types }: Pick<SaveEndpoint, 'url' | 'types'>) => ({
  name: URL.canParse(url) ? new URL(url).host : '',
  types,
})

/** Messages name people of the whole workspace, whoever made the endpoint. */
function refuseNarrowScope(ctx: WorkspaceCtx): void {
  if (!ctx.scope.all)
    throw new AppError('webhook.scope', 'denied', 'Only who sees all people can have them sent elsewhere.')
}

/** A kindness to who fills in the form; the guard is at connecting. A host that is not there yet may come. */
async function refuseBadUrl(outbound: Outbound, url: string): Promise<void> {
  try {
    await outbound.check(url)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code === 'outbound.unknown_host') return
    throw new AppError(error.code, 'invalid', error.message, { details: { path: '/body/url' }, cause: error })
  }
}
