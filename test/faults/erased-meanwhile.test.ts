import { expect, test } from 'vitest'
import { type FaultPlan, faulty, startRestartable } from '#test/faults/restartable-app.ts'

test('a snapshot that is being taken while somebody is erased does not keep them', {
  timeout: 60_000,
}, async () => {
  const plan: FaultPlan = {}
  const ws = await startRestartable({ ch: faulty(plan) })
  await ws.send(
    ...['a', 'b', 'c'].map((userId) => ({
      ...{ type: 'identify', userId, messageId: userId, traits: { group: 'one' } },
    })),
  )
  await ws.settled()
  const made = await ws.call<{ id: string }>('POST', '/api/segments', {
    name: 'Frozen',
    rule: { attr: 'group', op: 'eq', value: 'one' },
  })
  const size = async () =>
    (await ws.call<{ size: number | null }>('GET', `/api/segments/${made.body.id}`)).body.size
  await expect.poll(size, { timeout: 20_000 }).toBe(3)
  const { body } = await ws.call<{ items: { id: string }[] }>('GET', '/api/profiles?identifier=user_id:b')
  const states = async () =>
    (await ws.call<{ items: { state: string }[] }>('GET', '/api/erasures')).body.items.map((one) => one.state)

  // Its people are read and on their way to ClickHouse; only when somebody is gone everywhere do they arrive.
  let held = 0
  plan.fail = async (table) => {
    if (table !== 'list_unit' || held++ > 0) return undefined
    await ws.call('DELETE', `/api/profiles/${body.items[0]?.id}`)
    await expect.poll(states, { timeout: 30_000 }).toEqual(['done'])
    return undefined
  }
  await ws.call('POST', `/api/segments/${made.body.id}/snapshots`)
  const snapshots = async () =>
    (
      await ws.call<{ items: { id: string; state: string; size: number }[] }>(
        'GET',
        `/api/segments/${made.body.id}/snapshots`,
      )
    ).body.items
  await expect.poll(async () => (await snapshots())[0]?.state, { timeout: 40_000 }).toBe('ready')
  expect(held).toBeGreaterThan(1)
  const [snapshot] = await snapshots()
  expect(snapshot?.size).toBe(2)
  expect(await ws.ch.query('SELECT count() AS n FROM list_unit FINAL WHERE present = 1')).toEqual([{ n: 2 }])
})
