import { type App, allMigrations, compose } from '#app/compose.ts'
import { type Engines, startEngines } from '#app/engines.ts'
import { systemClock } from '#platform/clock.ts'
import type { Settings } from '#platform/config.ts'
import { AppError } from '#platform/errors.ts'
import type { Log } from '#platform/log.ts'
import { migrate } from '#platform/pg/migrate.ts'

export type Running = { app: App; engines: Engines; url: string; stop(): Promise<void> }

/** Data folder → engines → migrations → modules → listening. Answers when the first request can be served. */
export async function startHeadwater(
  settings: Settings,
  log: Log,
  options: { listen?: boolean } = {},
): Promise<Running> {
  const engines = await startEngines(settings, log)
  let stop = () => engines.stop()
  try {
    await migrate(engines.databaseUrl, allMigrations())
    const app = await compose({ settings, log, clock: systemClock, ...engines })
    stop = stopOnce(app, engines)
    engines.onAnalyticsRestart(() => log.warn('the analytics engine was restarted'))
    const url = options.listen === false ? '' : await listen(app, settings)
    app.start()
    return { app, engines, url, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function listen(app: App, settings: Settings): Promise<string> {
  try {
    return await app.server.listen({ port: settings.HEADWATER_PORT, host: settings.HEADWATER_HOST })
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error
    throw new AppError(
      'server.port_in_use',
      'conflict',
      `Port ${settings.HEADWATER_PORT} is taken by another program; set HEADWATER_PORT to a free one.`,
    )
  }
}

function stopOnce(app: App, engines: Engines): () => Promise<void> {
  let stopping: Promise<void> | undefined
  return () => {
    stopping ??= app.stop().finally(() => engines.stop())
    return stopping
  }
}
