import type { FastifyReply } from 'fastify'
import type { WorkspaceCtx } from '#platform/context.ts'

/** A context whose signal fires when the client hangs up before the answer: an edited rule asks anew, and often. */
export function stopWhenGone<T extends WorkspaceCtx>(ctx: T, reply: Pick<FastifyReply, 'raw'>): T {
  const gone = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort()
  })
  return { ...ctx, signal: gone.signal }
}
