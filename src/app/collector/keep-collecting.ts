import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { FromCollector, Order, ToCollector } from '#app/collector/collector-protocol.ts'
import { AppError } from '#platform/errors.ts'
import type { Log } from '#platform/log.ts'
import { nodeExecutable } from '#platform/node-runtime.ts'

export type CollectorProcess = {
  /** Opens the public port; answers the address. From then on it is started again whenever it ends by itself. */
  open(order: Order): Promise<string>
  /** Write keys have changed. */
  forget(): void
  /** Its own metrics, as text; empty while it does not answer. */
  metrics(): Promise<string>
  /** Answers and commits what it has, then ends. */
  stop(): Promise<void>
}

const openWithinMs = 30_000
// As long as a client may take to read an answer; acknowledged is only what is committed, so the end loses nothing.
const stopWithinMs = 30_000
const metricsWithinMs = 1000
const slowestRestartMs = 2000
// A predecessor whose program was killed ends by itself, and may hold the port for a moment.
const portWithinMs = 1500
const program = fileURLToPath(new URL('child.ts', import.meta.url))

/** Starts the process at once, so that it loads beside the engines; it listens when told to open. */
export function keepCollecting(options: {
  log: Log
  /** So many items are in the log. */
  onCommit: (items: number) => void
}): CollectorProcess {
  const { log } = options
  // Loads while nobody needs it yet.
  let spare: ChildProcess | undefined = spawnCollector()
  let child = spare
  let isStopping = false
  let asked = 0
  const answers = new Map<number, (text: string) => void>()

  function listen(to: ChildProcess): void {
    to.on('message', (message: FromCollector) => {
      if (message.kind === 'committed') options.onCommit(message.items)
      if (message.kind === 'metrics') answers.get(message.id)?.(message.text)
    })
  }

  async function launch(order: Order): Promise<{ url: string; port: number }> {
    const mine = spare && !hasEnded(spare) ? spare : spawnCollector()
    spare = undefined
    child = mine
    const opened = await openedBy(mine, order)
    listen(mine)
    mine.once('exit', (code, signal) => {
      if (isStopping) return
      log.error({ reason: signal ?? code }, 'the collector ended by itself; starting it again')
      void restart({ ...order, port: opened.port })
    })
    return opened
  }

  async function restart(order: Order): Promise<void> {
    for (let delay = 50; !isStopping; delay = Math.min(delay * 2, slowestRestartMs)) {
      try {
        await launch(order)
        return
      } catch (error) {
        if (isStopping) return
        log.warn({ err: error, delay }, 'the collector did not start; trying again')
        await sleep(delay)
      }
    }
  }

  return {
    open: async (order) => {
      for (const deadline = Date.now() + portWithinMs; ; await sleep(100)) {
        try {
          return (await launch(order)).url
        } catch (error) {
          const isTaken = error instanceof AppError && error.code === 'server.port_in_use'
          if (!isTaken || Date.now() > deadline) throw error
        }
      }
    },
    forget: () => tell(child, { kind: 'forget' }),
    metrics: async () => {
      const id = asked++
      const answer = new Promise<string>((resolve) => answers.set(id, resolve))
      tell(child, { kind: 'metrics', id })
      const text = await Promise.race([answer, sleep(metricsWithinMs, '', { ref: false })])
      answers.delete(id)
      return text
    },
    stop: async () => {
      isStopping = true
      if (hasEnded(child)) return
      const ended = once(child, 'exit')
      tell(child, { kind: 'stop' })
      const escalate = setTimeout(() => child.kill('SIGKILL'), stopWithinMs)
      await ended
      clearTimeout(escalate)
    },
  }
}

function spawnCollector(): ChildProcess {
  const child = spawn(nodeExecutable(), ['--disable-warning=ExperimentalWarning', program], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // Its own process group: the terminal's SIGINT must not reach it before it has drained.
    detached: true,
  })
  child.on('error', () => undefined) // told by whoever waits for it to open
  return child
}

function openedBy(child: ChildProcess, order: Order): Promise<{ url: string; port: number }> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => giveUp('failed', `not ready within ${openWithinMs / 1000} s`),
      openWithinMs,
    )
    const exited = (code: number | null, signal: string | null) =>
      giveUp('failed', `it ended (${signal ?? code})`)
    const answered = (message: FromCollector) => {
      if (message.kind === 'failed') return giveUp(message.code, message.message)
      if (message.kind !== 'ready') return
      leave()
      resolve(message)
    }
    const giveUp = (code: string, reason: string) => {
      leave()
      child.kill('SIGKILL')
      reject(
        code === 'EADDRINUSE'
          ? portInUse(order.port)
          : new AppError('collector.start_failed', 'invalid', `The collector did not start: ${reason}`),
      )
    }
    const leave = () => {
      clearTimeout(timer)
      child.off('exit', exited)
      child.off('message', answered)
    }
    child.once('exit', exited)
    child.once('error', (error) => giveUp('failed', error.message))
    child.on('message', answered)
    tell(child, { kind: 'open', order })
  })
}

/** The port is another program's. */
export const portInUse = (port: number) =>
  new AppError(
    'server.port_in_use',
    'conflict',
    `Port ${port} is taken by another program; set HEADWATER_PORT to a free one.`,
  )

// A channel that is closed belongs to a process that ends; its `exit` tells.
const tell = (child: ChildProcess, message: ToCollector) => void child.send(message, () => undefined)

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null
