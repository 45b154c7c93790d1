import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { createLog } from '#platform/log.ts'
import { keepPostgresRunning } from '#platform/pg/embedded/keep-running.ts'

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

test('a killed server comes back at the same address, and stays away once it was stopped', {
  timeout: 60_000,
}, async () => {
  const folder = mkdtempSync('/tmp/hw-keep-')
  const dir = join(folder, 'postgres')
  const server = await keepPostgresRunning({ dir, log: createLog('silent'), durable: false })
  const pid = () => Number(readFileSync(join(dir, 'postmaster.pid'), 'utf8').split('\n')[0])
  for (let round = 0; round < 2; round++) {
    const first = pid()
    process.kill(first, 'SIGKILL')
    await expect.poll(() => answers(server.superuserUrl), { timeout: 20_000 }).toBe(true)
    expect(pid()).not.toBe(first)
  }
  await server.stop()
  expect(await answers(server.superuserUrl)).toBe(false)
  rmSync(folder, { recursive: true, force: true })
})
