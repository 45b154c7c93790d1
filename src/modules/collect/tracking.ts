import type { FastifyInstance } from 'fastify'
import type { WriteKeyTarget } from '#modules/access/index.ts'
import { startAppender } from '#modules/collect/server/append-batches.ts'
import { createQuota } from '#modules/collect/server/rate-quota.ts'
import { type ItemBatch, takeItems } from '#modules/collect/server/take-items.ts'
import { serveTracking } from '#modules/collect/server/tracking-routes.ts'
import type { Clock } from '#platform/clock.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Log } from '#platform/log.ts'
import type { Database } from '#platform/pg/database.ts'

export type TrackingOptions = {
  database: Database
  clock: Clock
  log: Log
  resolveWriteKey: (key: string) => Promise<WriteKeyTarget | undefined>
  flushMs: number
  queueBytes: number
  itemsPerSecond: number
  /** So many items are in the log now; the projector has work. */
  onCommit: (items: number) => void
}

export type Tracking = {
  serve(server: FastifyInstance): void
  /** Takes items of another module into the log; committed when it resolves. */
  take(ctx: Pick<WorkspaceCtx, 'workspace' | 'signal'>, batch: ItemBatch): Promise<void>
  /** Commits what is waiting, then refuses. */
  stop(): Promise<void>
}

/**
 * Taking items in, alone: all that a collector process needs of this module, without the weight of the projection.
 * Any number of processes may do it at once (the log's order is taken under one lock).
 */
export function openTracking(options: TrackingOptions): Tracking {
  const { database, log, clock, resolveWriteKey, flushMs, queueBytes, onCommit } = options
  const appender = startAppender({ database, log, flushMs, maxBytes: queueBytes, onCommit })
  const quota = createQuota(options.itemsPerSecond, clock.now)
  return {
    serve: (server) => serveTracking(server, { appender, resolveWriteKey, quota, now: clock.now }),
    take: (ctx, batch) => takeItems({ appender }, ctx, batch),
    stop: () => appender.stop(),
  }
}
