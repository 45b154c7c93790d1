import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from 'vitest'
import { createDatabase } from '#app/engines.ts'
import { openWebhooks, type Webhooks } from '#modules/webhooks/index.ts'
import { createEndpoint } from '#modules/webhooks/server/change-endpoints.ts'
import { type Receiver, startReceiver } from '#modules/webhooks/server/testing/receiver.ts'
import type { WebhooksDeps } from '#modules/webhooks/server/webhooks-deps.ts'
import { systemCtx } from '#platform/context.ts'
import { randomText } from '#platform/ids.ts'
import { subscriptionsOf } from '#platform/jobs/subscriptions.ts'
import { createLog } from '#platform/log.ts'
import { createOutbound } from '#platform/outbound/create-outbound.ts'
import { type Database, openDatabase } from '#platform/pg/database.ts'
import { openSecretBox } from '#platform/secrets.ts'
import { movableClock } from '#test/start-test-app.ts'

let database: Database
let receiver: Receiver
let deps: WebhooksDeps
let workspace: number
const clock = movableClock()
const running: Webhooks[] = []

// The module alone on a database: processes come and go.
beforeAll(async () => {
  const { superuserUrl } = inject('engines')
  const name = `webhooks_${randomText(10)}`
  await createDatabase(superuserUrl, name, 'headwater_template')
  const url = superuserUrl.replace('/postgres?', `/${name}?`)
  database = openDatabase({ url, subscriptions: subscriptionsOf([]), onError: () => undefined })
  const row = await database.system((tx) =>
    tx.row<{ num: number }>(sql`
      insert into platform.workspace (id, name, timezone) values ('ws_hooks', 'Hooks', 'UTC') returning num`),
  )
  workspace = row!.num
  receiver = await startReceiver()
  deps = {
    database,
    clock,
    log: createLog('silent'),
    outbound: createOutbound({ allow: [`127.0.0.1:${receiver.port}`] }),
    secrets: openSecretBox(randomBytes(32)),
    personIds: { encode: (_workspace, person) => `per_${person}` },
    audit: async () => undefined,
    notifier: { tell: async () => undefined },
    random: () => 0,
  }
})
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop()
  await database.system((tx) => tx.run(sql`delete from webhooks.endpoint`))
})
afterAll(async () => {
  await receiver.close()
  await deps.outbound.close()
  await database.close()
})

function startProcess() {
  const one = openWebhooks(deps)
  running.push(one)
  one.start()
  return one
}
let paths = 0
async function endpoint() {
  const path = `/loop-${++paths}`
  const ctx = systemCtx({ num: workspace, id: 'ws_hooks', timezone: 'UTC' }, clock.now(), 'test')
  const given = {
    url: receiver.url(path),
    description: '',
    types: ['person.created' as const],
    segments: null,
  }
  const made = await createEndpoint(deps, ctx, given)
  return { path, id: made.endpoint.id }
}
const happen = (person: number) =>
  database.system((tx) =>
    openWebhooks(deps).peopleListener.changing(tx, [
      {
        workspace,
        persons: new Set([person]),
        events: new Set(),
        state: new Set([person]),
        created: new Set([person]),
      },
    ]),
  )
const deliveries = (id: string) =>
  database.system((tx) =>
    tx.rows<{ state: string; attempts: number; status: number | null; error: string | null }>(
      sql`select state, attempts, status, error from webhooks.delivery where endpoint_id = ${id} order by created_at`,
    ),
  )
const arrived = (path: string, count: number) =>
  vi.waitFor(() => expect(receiver.at(path).length).toBe(count), { timeout: 10_000 })
const ended = (id: string, ...states: string[]) =>
  vi.waitFor(async () => expect((await deliveries(id)).map((one) => one.state)).toEqual(states), {
    timeout: 10_000,
  })

test('what was noted before a crash is delivered by the next process', async () => {
  const { path, id } = await endpoint()
  await happen(1)
  startProcess()
  await arrived(path, 1)
  await ended(id, 'delivered')
})

test('a message that died with its process is sent by another once its lease is over, under the same id', async () => {
  const { path, id } = await endpoint()
  receiver.answer(path, 'hang')
  await happen(1)
  startProcess() // hangs as if it were dead
  await arrived(path, 1)
  receiver.answer(path, { status: 204 })
  startProcess()
  await new Promise((resolve) => setTimeout(resolve, 1200))
  expect(receiver.at(path)).toHaveLength(1)
  clock.advance(60_000)
  await arrived(path, 2)
  await ended(id, 'delivered')
  const [first, second] = receiver.at(path)
  expect(second!.id).toBe(first!.id)
  // The first one comes back after all, with a failure: it has lost its say.
  receiver.hangUp()
  await vi.waitFor(async () => expect((await deliveries(id))[0]).toMatchObject({ attempts: 2 }))
  expect((await deliveries(id))[0]).toMatchObject({ state: 'delivered', status: 204, error: null })
})

test('a process that stops gives back what is on its way', async () => {
  const { path, id } = await endpoint()
  receiver.answer(path, 'hang')
  await happen(1)
  const first = startProcess()
  await arrived(path, 1)
  await first.stop()
  receiver.answer(path, { status: 204 })
  startProcess()
  await arrived(path, 2)
  await ended(id, 'delivered')
})

test('a receiver that hangs holds up nobody else', async () => {
  const [slow, quick] = [await endpoint(), await endpoint()]
  receiver.answer(slow.path, 'hang')
  startProcess()
  await happen(1)
  await arrived(slow.path, 1)
  await happen(2)
  await arrived(quick.path, 2)
  await ended(quick.id, 'delivered', 'delivered')
  expect(receiver.at(slow.path)).toHaveLength(1)
})

test('two processes send each message once', async () => {
  const { path, id } = await endpoint()
  startProcess()
  startProcess()
  for (let person = 1; person <= 20; person++) await happen(person)
  await ended(id, ...Array<string>(20).fill('delivered'))
  expect(new Set(receiver.at(path).map((one) => one.id)).size).toBe(20)
  expect(receiver.at(path)).toHaveLength(20)
})

test('what is older than thirty days is forgotten', async () => {
  const { path, id } = await endpoint()
  await happen(1)
  startProcess()
  await arrived(path, 1)
  await ended(id, 'delivered')
  clock.advance(31 * 24 * 3600_000)
  await ended(id)
})
