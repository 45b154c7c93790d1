import { logChannel } from '#app/collector/collect-alone.ts'
import { type CollectorProcess, keepCollecting, portInUse } from '#app/collector/keep-collecting.ts'
import { newMainSocket, removeMainSocket } from '#app/collector/main-socket.ts'
import { type App, compose } from '#app/compose.ts'
import { type Engines, startEngines } from '#app/engines.ts'
import { allMigrations } from '#app/schemas.ts'
import { systemClock } from '#platform/clock.ts'
import type { Settings } from '#platform/config.ts'
import type { Log } from '#platform/log.ts'
import { listen } from '#platform/pg/listen.ts'
import { migrate } from '#platform/pg/migrate.ts'

export type Running = {
  app: App
  engines: Engines
  url: string
  /** Where the collector process finds this one; undefined when there is none. */
  socketPath: string | undefined
  stop(): Promise<void>
}

type Front = {
  /** What stands before the modules, if anything does. */
  collector?: CollectorProcess
  socketPath?: string
  /** Opens the public port; answers the address. */
  open(app: App, databaseUrl: string): Promise<string>
  stop(): Promise<void>
}

/** Data folder → engines → migrations → modules → listening. Answers when the first request can be served. */
export async function startHeadwater(
  settings: Settings,
  log: Log,
  options: { listen?: boolean } = {},
): Promise<Running> {
  const stops: (() => Promise<void>)[] = []
  const stop = stopOnce(stops)
  try {
    const engines = await startEngines(settings, log)
    stops.push(() => engines.stop())
    let opened: App | undefined
    const front = frontOf(settings, log, options.listen !== false, (items) =>
      opened?.collect.committed(items),
    )
    stops.push(() => front.stop())
    await migrate(engines.databaseUrl, allMigrations())
    const { collector } = front
    const app = await compose({
      settings,
      log,
      clock: systemClock,
      ...engines,
      ...(collector ? { collector } : {}),
    })
    opened = app
    // Before the engines and after what hands requests to it.
    stops.splice(1, 0, () => app.stop())
    engines.onAnalyticsRestart(() => log.warn('the analytics engine was restarted'))
    const url = await front.open(app, engines.databaseUrl)
    app.start()
    if (url && settings.DATABASE_URL) stops.push(hearCollectors(app, log))
    return { app, engines, url, socketPath: front.socketPath, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function frontOf(settings: Settings, log: Log, listens: boolean, onCommit: (items: number) => void): Front {
  const nothing = async () => undefined
  if (!listens) return { open: async () => '', stop: nothing }
  if (settings.HEADWATER_COLLECTOR === 'inside')
    return { open: (app) => listenHere(app, settings), stop: nothing }
  const collector = keepCollecting({ log, onCommit })
  const socketPath = newMainSocket()
  return {
    collector,
    socketPath,
    open: async (app, databaseUrl) => {
      await app.server.listen({ path: socketPath, backlog: 4096 })
      return collector.open({ settings, databaseUrl, socketPath, port: settings.HEADWATER_PORT })
    },
    stop: async () => {
      await collector.stop()
      removeMainSocket(socketPath)
    },
  }
}

/** Collectors on other machines tell over the database, which only an external one is shared by. */
function hearCollectors(app: App, log: Log): () => Promise<void> {
  const stopping = new AbortController()
  const heard = (told: string | undefined) => app.collect.committed(Number(told ?? 0))
  const listening = listen({ database: app.database, log }, logChannel, heard, stopping.signal)
  return async () => {
    stopping.abort()
    await listening
  }
}

async function listenHere(app: App, settings: Settings): Promise<string> {
  const { HEADWATER_PORT: port, HEADWATER_HOST: host } = settings
  try {
    return await app.server.listen({ port, host })
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error
    throw portInUse(port)
  }
}

/** The last that was started stops first. */
function stopOnce(stops: readonly (() => Promise<void>)[]): () => Promise<void> {
  let stopping: Promise<void> | undefined
  const stopAll = async () => {
    const failed: unknown[] = []
    for (const one of stops.toReversed()) await one().catch((error: unknown) => failed.push(error))
    if (failed.length > 0) throw failed[0]
  }
  return () => {
    stopping ??= stopAll()
    return stopping
  }
}
