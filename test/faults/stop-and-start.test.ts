import { existsSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { anInstance, type Instance } from '#test/faults/instance.ts'
import { startClient, untilAcknowledged } from '#test/faults/ledger-client.ts'
import { readStored } from '#test/faults/stored-state.ts'

const instances: Instance[] = []
afterEach(() => {
  for (const one of instances.splice(0)) one.remove()
})

function newInstance(dataDir?: string): Instance {
  const one = anInstance(dataDir ? { dataDir } : {})
  instances.push(one)
  return one
}

test('a second instance on the same folder refuses with one sentence and disturbs nobody', {
  timeout: 120_000,
}, async () => {
  const first = newInstance()
  await first.start()
  const second = await anInstance({ dataDir: first.dataDir }).hw('start')
  expect(second.code).toBe(1)
  expect(second.err.trim().split('\n')).toEqual([
    expect.stringMatching(/^Another Headwater \(process \d+\) already uses the data folder/),
  ])
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
})

test('SIGTERM under load: what was acknowledged is there once, exit code 0, no process is left', {
  timeout: 180_000,
}, async () => {
  const instance = newInstance()
  await instance.start()
  const keys = await instance.init()
  const ledger = `${instance.dataDir}.ledger`
  const client = startClient({ url: instance.url, writeKey: keys.writeKey, ledger, pauseMs: 5 })
  for (let round = 0; round < 2; round++) {
    await untilAcknowledged(client, 400)
    const pids = instance.processes().map((one) => one.pid)
    expect(pids.length).toBeGreaterThan(4)
    instance.kill('SIGTERM', (one) => one.role === 'launcher')
    expect(await instance.ended()).toBe(0)
    expect(pids.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([])
    if (round === 0) await instance.start()
  }
  await client.stop()
  const { rows, counter } = await readStored(instance.dataDir)
  // The log has everything; what was not projected yet is projected by the next start.
  expect(counter.accepted).toBeGreaterThan(800)
  await instance.start()
  await expect.poll(() => projected(instance.url, keys.apiKey), { timeout: 30_000 }).toBe(true)
  instance.kill('SIGTERM', (one) => one.role === 'launcher')
  await instance.ended()
  const after = await readStored(instance.dataDir)
  expect([...client.acknowledged()].filter((id) => after.rows.get(id) !== 1)).toEqual([])
  expect([...rows].filter(([, n]) => n !== 1)).toEqual([])
})

async function projected(url: string, apiKey: string): Promise<boolean> {
  const reply = await fetch(`${url}/api/status`, { headers: { authorization: `Bearer ${apiKey}` } })
  const status = (await reply.json()) as { accepted: number; projected: number }
  return status.accepted === status.projected
}
