import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { removeMainSocket } from '#app/collector/main-socket.ts'
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
  const { url, socketPath, engines } = running
  const link = join(engines.dataDir.run, 'server.json')
  forgetLeftover(link)
  writeFileSync(link, JSON.stringify({ url, pid: process.pid, socketPath }))
  try {
    await Promise.race([whenUp(running, log).then(() => asked), asked])
  } finally {
    rmSync(link, { force: true })
    await running.stop()
  }
}

/** A killed program leaves its socket behind. */
function forgetLeftover(link: string): void {
  if (!existsSync(link)) return
  const { socketPath } = JSON.parse(readFileSync(link, 'utf8')) as { socketPath?: string }
  if (socketPath) removeMainSocket(socketPath)
}

async function announce(running: Running): Promise<void> {
  const empty = await running.app.access.isEmpty()
  const first = empty ? 'Open it to set up the owner and the first workspace.' : ''
  process.stdout.write(`Headwater is ready: ${running.url}\n${first}${first && '\n'}`)
}
