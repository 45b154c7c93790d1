import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

// The embedded engine answers few at once; a board of 20 tiles waits, a loop that never ends is told so.
const atOnce = 3
const waiting = 60

type Line = { running: number; queue: (() => void)[] }

/** Questions of one workspace take turns: a few at once, some waiting, beyond that 429. */
export function openTurns() {
  const lines = new Map<number, Line>()

  async function enter(line: Line, signal: AbortSignal | undefined): Promise<void> {
    if (line.running < atOnce) {
      line.running++
      return
    }
    if (line.queue.length >= waiting)
      throw new AppError(
        'analytics.too_many_questions',
        'limited',
        `This workspace has ${waiting} questions waiting already.`,
        { retryAfter: 5 },
      )
    await new Promise<void>((resolve, reject) => {
      const go = () => {
        signal?.removeEventListener('abort', leave)
        resolve()
      }
      const leave = () => {
        line.queue.splice(line.queue.indexOf(go), 1)
        reject(new AppError('analytics.cancelled', 'conflict', 'The question was cancelled.'))
      }
      line.queue.push(go)
      signal?.addEventListener('abort', leave, { once: true })
    })
  }

  return async function inTurn<T>(
    ctx: Pick<WorkspaceCtx, 'workspace' | 'signal'>,
    work: () => Promise<T>,
  ): Promise<T> {
    const key = ctx.workspace.num
    const line = lines.get(key) ?? { running: 0, queue: [] }
    lines.set(key, line)
    await enter(line, ctx.signal)
    try {
      return await work()
    } finally {
      const next = line.queue.shift()
      if (next) next()
      else line.running--
      if (line.running === 0) lines.delete(key)
    }
  }
}
