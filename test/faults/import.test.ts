import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Import } from '#modules/imports/contract.ts'
import { makeForm } from '#modules/imports/server/testing/import-file.ts'
import { anInstance, type Instance, type Keys } from '#test/faults/instance.ts'

const rows = Number(process.env.IMPORT_ROWS ?? 10_000)
const kills = Number(process.env.KILLS ?? 2)

let instance: Instance
let keys: Keys
beforeAll(async () => {
  instance = anInstance()
  await instance.start()
  keys = await instance.init()
}, 120_000)
afterAll(() => instance?.remove(), 60_000)

const call = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
  const headers = { authorization: `Bearer ${keys.apiKey}`, ...(init.headers as Record<string, string>) }
  const reply = await fetch(`${instance.url}${path}`, { ...init, headers })
  return (await reply.json()) as T
}

test(`an import of ${rows} rows that is killed ${kills} times ends right, each row once`, async () => {
  // Every tenth row repeats its key with another city.
  const lines = Array.from({ length: rows }, (_, at) =>
    at % 10 === 9 ? `u${at - 1},Rome,${at}` : `u${at},Oslo,${at}`,
  )
  const { payload, headers } = makeForm({
    file: `ID,City,Number\n${lines.join('\n')}\n`,
    spec: {
      kind: 'people',
      key: { column: 'ID', kind: 'user_id' },
      columns: { City: { attribute: 'city' }, Number: { attribute: 'number' } },
      tags: ['imported'],
    },
  })
  const { id } = await call<{ id: string }>('/api/imports', {
    method: 'POST',
    body: payload,
    headers,
  })
  const read = () => call<Import>(`/api/imports/${id}`)
  let before = 0
  for (let kill = 0; kill < kills; kill++) {
    // In the midst: when it has come further than at the last kill.
    await expect
      .poll(async () => (await read()).created > before + rows / 10 || (await read()).state === 'done', {
        timeout: 60_000,
        interval: 20,
      })
      .toBe(true)
    before = (await read()).created
    instance.kill('SIGKILL', () => true)
    await instance.ended()
    await instance.start()
  }
  await expect.poll(async () => (await read()).state, { timeout: 120_000, interval: 100 }).toBe('done')
  const done = await read()
  const repeated = Math.floor(rows / 10)
  expect(done).toMatchObject({ rows, created: rows - repeated, updated: repeated, skipped: 0, failed: 0 })
  const counted = async (rule: object) => {
    const body = JSON.stringify({ rule })
    const json = { 'content-type': 'application/json' }
    return (await call<{ count: number }>('/api/profiles/count', { method: 'POST', body, headers: json }))
      .count
  }
  expect(await counted({ tag: 'imported' })).toBe(rows - repeated)
  expect(await counted({ attr: 'city', op: 'eq', value: 'Rome' })).toBe(repeated)
  const status = await call<{ outcomes: { stored: number; conflict: number; rejected: number } }>(
    '/api/status',
  )
  expect(status.outcomes).toMatchObject({ stored: rows, conflict: 0, rejected: 0 })
}, 400_000)
