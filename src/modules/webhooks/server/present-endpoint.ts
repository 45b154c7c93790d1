import type { WebhookEndpoint } from '#modules/webhooks/contract.ts'
import type { EndpointRow } from '#modules/webhooks/server/endpoint-store.ts'
import { sayActor, type WorkspaceCtx } from '#platform/context.ts'

export function presentEndpoint(
  row: EndpointRow,
  { now, language }: Pick<WorkspaceCtx, 'now' | 'language'>,
): WebhookEndpoint {
  const ahead = (at: Date | null) => (at !== null && at.getTime() > now ? at.toISOString() : null)
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    types: row.types,
    segments: row.segments,
    enabled: row.off_reason === null,
    off:
      row.off_reason === null || row.off_at === null
        ? null
        : { reason: row.off_reason, at: row.off_at.toISOString() },
    failingSince: row.failing_since?.toISOString() ?? null,
    pausedUntil: ahead(row.paused_until),
    oldSecretUntil: ahead(row.old_secret_until),
    recent: { delivered: row.delivered, waiting: row.waiting, failed: row.failed },
    createdBy: sayActor({ kind: row.created_by_kind, name: row.created_by }, language),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}
