import type { Appender } from '#modules/collect/server/append-batches.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

export type ItemBatch = { source: string; receivedAt: number; items: readonly Record<string, unknown>[] }

// What a tracking request may hold; one log row larger than that would only be harder to project.
const mostBytes = 2 * 1024 * 1024

/**
 * Takes items of another module into the log, as the tracking API does: committed when it resolves. Waits while the
 * log is busy, because the caller has the items safe and nobody to hand the refusal to.
 */
export async function takeItems(
  deps: { appender: Appender },
  ctx: Pick<WorkspaceCtx, 'workspace' | 'signal'>,
  { source, receivedAt, items }: ItemBatch,
): Promise<void> {
  for (const part of partsOf(items.map((item) => JSON.stringify(item)))) {
    const body = Buffer.from(`{"batch":[${part.join(',')}]}`)
    const frame = { type: null, sourceId: source, receivedAt, body }
    await patiently(ctx.signal, () =>
      deps.appender.append({ workspace: ctx.workspace.num, items: part.length, frame }),
    )
  }
}

function* partsOf(texts: readonly string[]): Generator<string[]> {
  let part: string[] = []
  let bytes = 0
  for (const text of texts) {
    if (part.length > 0 && bytes + text.length > mostBytes) {
      yield part
      part = []
      bytes = 0
    }
    part.push(text)
    bytes += text.length
  }
  if (part.length > 0) yield part
}

async function patiently(signal: AbortSignal | undefined, work: () => Promise<void>): Promise<void> {
  for (;;) {
    signal?.throwIfAborted()
    try {
      return await work()
    } catch (error) {
      const wait = error instanceof AppError && (error.kind === 'busy' || error.kind === 'limited')
      if (!wait || error.code === 'collect.stopping') throw error
      await new Promise((resolve) => setTimeout(resolve, (error.retryAfter ?? 1) * 1000))
    }
  }
}
