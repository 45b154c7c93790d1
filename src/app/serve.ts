import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Running, startHeadwater } from '#app/start.ts'
import type { Settings } from '#platform/config.ts'
import { createLog, type Log } from '#platform/log.ts'

/** Runs until a signal asks to stop; answers when everything has let go. */
export async function serve(
  settings: Settings,
  whenUp: (running: Running, log: Log) => Promise<void> = announce,
): Promise<void> {
  const log = createLog(settings.HEADWATER_LOG_LEVEL)
  const asked = new Promise<string>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal))
  })
  const running = await startHeadwater(settings, log)
  const link = join(running.engines.dataDir.run, 'server.json')
  writeFileSync(link, JSON.stringify({ url: running.url, pid: process.pid }))
  try {
    await Promise.race([whenUp(running, log).then(() => asked), asked])
  } finally {
    rmSync(link, { force: true })
    await running.stop()
  }
}

async function announce(running: Running): Promise<void> {
  const empty = await running.app.access.isEmpty()
  const first = empty ? 'Open it to set up the owner and the first workspace.' : ''
  process.stdout.write(`Headwater is ready: ${running.url}\n${first}${first && '\n'}`)
}
