import type { WebhookEndpoint } from '#modules/webhooks/contract.ts'
import { listEndpointRows, requireEndpoint } from '#modules/webhooks/server/endpoint-store.ts'
import { presentEndpoint } from '#modules/webhooks/server/present-endpoint.ts'
import type { WebhooksDeps } from '#modules/webhooks/server/webhooks-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'

export async function listEndpoints(
  deps: WebhooksDeps,
  ctx: WorkspaceCtx,
  { limit, cursor }: PageQuery,
): Promise<{ items: WebhookEndpoint[]; next: string | null }> {
  const after = positionOf(cursor)
  const rows = await deps.database.read(ctx, (tx) => listEndpointRows(tx, ctx.now, limit + 1, after))
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const next = rows.length > limit && last ? encodeCursor([last.created_at.toISOString(), last.id]) : null
  return { items: page.map((row) => presentEndpoint(row, ctx)), next }
}

export async function getEndpoint(
  deps: WebhooksDeps,
  ctx: WorkspaceCtx,
  id: string,
): Promise<WebhookEndpoint> {
  return presentEndpoint(await deps.database.read(ctx, (tx) => requireEndpoint(tx, id, ctx.now)), ctx)
}

/** Where a page of things by time, newest first, goes on. */
export function positionOf(cursor: string | undefined): { at: string; id: string } | undefined {
  const key = decodeCursor(cursor, ['time', 'text'])
  return key && { at: String(key[0]), id: String(key[1]) }
}
