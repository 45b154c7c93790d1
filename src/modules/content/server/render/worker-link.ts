import { Worker } from 'node:worker_threads'

/** A thread that may be killed at any time: one request at a time, and a new one after a death. */
export type WorkerLink = {
  /** Undefined: it had to be killed or died of its own; the next request goes to a new one. */
  ask<Answer>(
    request: unknown,
    patience: { ms: number; isStuck?: () => boolean },
  ): Promise<Answer | undefined>
  close(): Promise<void>
}

const lookMs = 20

export function openWorkerLink(options: { file: URL; heapMb: number; data?: unknown }): WorkerLink {
  let thread: Worker | undefined
  let queue: Promise<unknown> = Promise.resolve()

  function start(): Worker {
    const made = new Worker(options.file, {
      workerData: options.data,
      resourceLimits: {
        maxOldGenerationSizeMb: options.heapMb,
        maxYoungGenerationSizeMb: 32,
        stackSizeMb: 4,
      },
      // Nothing of our environment is there to be read.
      env: {},
    })
    made.unref()
    return made
  }

  async function once<Answer>(
    request: unknown,
    { ms, isStuck }: { ms: number; isStuck?: () => boolean },
  ): Promise<Answer | undefined> {
    thread ??= start()
    const mine = thread
    return new Promise((resolve, reject) => {
      const began = Date.now()
      const end = (answer: Answer | undefined, isDead: boolean, error?: unknown) => {
        clearInterval(timer)
        mine.off('message', onAnswer).off('error', onError).off('exit', onExit)
        if (isDead) {
          thread = undefined
          // What it still says is nobody's any more.
          mine.on('error', () => undefined)
          void mine.terminate()
        }
        if (error) reject(error)
        else resolve(answer)
      }
      const onAnswer = (answer: Answer) => end(answer, false)
      // Out of memory or stack ends it so; anything else it throws is a fault of ours.
      const onError = (error: Error & { code?: string }) => {
        const isSpent = error.code === 'ERR_WORKER_OUT_OF_MEMORY' || /call stack/.test(error.message)
        end(undefined, true, isSpent ? undefined : error)
      }
      const onExit = () => end(undefined, true)
      const timer = setInterval(() => {
        if (Date.now() - began > ms || isStuck?.()) end(undefined, true)
      }, lookMs)
      mine.on('message', onAnswer).on('error', onError).on('exit', onExit)
      mine.postMessage(request)
    })
  }

  return {
    ask: (request, patience) => {
      const turn = queue.then(() => once<never>(request, patience))
      queue = turn.catch(() => undefined)
      return turn
    },
    close: async () => {
      await queue
      await thread?.terminate()
      thread = undefined
    },
  }
}
