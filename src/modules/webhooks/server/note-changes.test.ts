import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { createEndpoint } from '#modules/webhooks/server/change-endpoints.ts'
import { forgetPerson } from '#modules/webhooks/server/forget-person.ts'
import { peopleListener, segmentListener } from '#modules/webhooks/server/note-changes.ts'
import type { WebhooksDeps } from '#modules/webhooks/server/webhooks-deps.ts'
import { systemCtx } from '#platform/context.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
let ws: TestWorkspace
let num: number
const types = ['person.created', 'segment.entered', 'segment.left']
beforeAll(async () => {
  app = await startTestApp()
  ws = await app.workspace()
  const row = await app.database.system((tx) =>
    tx.row<{ num: number }>(sql`select num from platform.workspace where id = ${ws.id}`),
  )
  num = row!.num
  const url = 'https://93.184.215.14/'
  const { body } = await ws.call<{ endpoint: { id: string } }>('POST', '/api/webhooks', { url, types })
  await ws.call('PATCH', `/api/webhooks/${body.endpoint.id}`, { enabled: false }) // nothing leaves this machine
}, 60_000)

const deps = () => ({
  database: app.database,
  clock: app.clock,
  personIds: { encode: (workspace: number, person: number) => `${workspace}-${person}` },
})
type Noted = { type: string; people: number; body: string; deliveries: number }
const noted = (type: string) =>
  app.database.system((tx) =>
    tx.rows<Noted>(sql`select m.type, m.people, m.body, count(d.*)::int as deliveries
      from webhooks.message m left join webhooks.delivery d on d.message_id = m.id
      where m.workspace_id = ${num} and m.type = ${type} group by m.id order by m.people desc, m.created_at`),
  )
const change = (persons: number[]) => ({
  workspace: num,
  persons: new Set(persons),
  events: new Set<string>(),
  state: new Set(persons),
  created: new Set(persons),
  absorbed: new Map<number, number>(),
})

test('a message is there exactly when the change is: a transaction that fails takes it along', async () => {
  const listener = peopleListener(deps())
  const failing = app.database.system(async (tx) => {
    await listener.changing(tx, [change([1])])
    throw new Error('the change failed')
  })
  await expect(failing).rejects.toThrow('the change failed')
  expect(await noted('person.created')).toEqual([])
  await app.database.system((tx) => listener.changing(tx, [change([1, 2])]))
  expect(await noted('person.created')).toMatchObject([{ people: 2, deliveries: 1 }])
})

test('many people are parts of a thousand; told again in another order, nothing is noted twice', async () => {
  const listener = segmentListener(deps())
  const persons = Array.from({ length: 2500 }, (_, at) => at + 1)
  const told = { workspace: num, segmentId: 'seg_1', entered: persons, left: [], at: 1_700_000_000_000 }
  await listener.changed(told)
  await listener.changed({ ...told, entered: persons.toReversed() })
  const messages = await noted('segment.entered')
  expect(messages.map((one) => [one.people, one.deliveries])).toEqual([
    [1000, 1],
    [1000, 1],
    [500, 1],
  ])
  const ids = messages.flatMap((one) =>
    (JSON.parse(one.body) as { data: { people: { id: string }[] } }).data.people.map((each) => each.id),
  )
  expect(new Set(ids)).toEqual(new Set(persons.map((person) => `${num}-${person}`)))
  await listener.changed({ ...told, at: told.at + 1 })
  expect(await noted('segment.entered')).toHaveLength(6)
})

test('what nobody asks for is not noted, nor is anything of another workspace', async () => {
  await app.database.system((tx) =>
    peopleListener(deps()).changing(tx, [{ ...change([3]), created: new Set() }]),
  )
  expect(await noted('person.changed')).toEqual([])
  const before = (await noted('person.created')).length
  await app.database.system((tx) =>
    peopleListener(deps()).changing(tx, [{ ...change([4]), workspace: num + 1 }]),
  )
  expect(await noted('person.created')).toHaveLength(before)
})

test('who sees only some people cannot have all of them sent elsewhere', async () => {
  const ctx = {
    ...systemCtx({ num, id: ws.id, timezone: 'UTC' }, app.clock.now(), 'test'),
    scope: { all: false as const, memberIds: [], departmentIds: [] },
  }
  const given = {
    url: 'https://93.184.215.14/',
    description: '',
    types: ['person.created' as const],
    segments: null,
  }
  await expect(createEndpoint({} as WebhooksDeps, ctx, given)).rejects.toMatchObject({
    code: 'webhook.scope',
  })
})

test('an erasure takes ids out of messages, and with them what was answered; nobody else is touched', async () => {
  const tell = (persons: number[]) =>
    app.database.system((tx) => peopleListener(deps()).changing(tx, [change(persons)]))
  await tell([9001, 9002])
  await tell([9001])
  const ids = await app.database.system((tx) =>
    tx.rows<{ id: string }>(sql`select id from webhooks.message where body like ${`%"${num}-9001"%`}`),
  )
  expect(ids).toHaveLength(2)
  await app.database.system((tx) =>
    tx.run(sql`insert into webhooks.attempt (workspace_id, endpoint_id, message_id, number, at, took_ms, answer)
      select workspace_id, endpoint_id, message_id, 1, created_at, 1, 'thanks for 9001' from webhooks.delivery
      where message_id = any(${ids.map((one) => one.id)}::text[])`),
  )
  const workspace = { num, id: ws.id, timezone: 'UTC' }
  await forgetPerson({ database: app.database }, { workspace }, [`${num}-9001`, 'somebody@example.com'])
  const left = await app.database.system((tx) =>
    tx.rows<{ body: string; people: number; answer: string | null }>(sql`
      select m.body, m.people, a.answer from webhooks.message m left join webhooks.attempt a on a.message_id = m.id
      where m.id = any(${ids.map((one) => one.id)}::text[])`),
  )
  expect(left).toMatchObject([{ people: 1, answer: '' }])
  expect((JSON.parse(left[0]!.body) as { data: unknown }).data).toEqual({ people: [{ id: `${num}-9002` }] })
  expect((await noted('person.created')).map((one) => one.people)).toContain(2)
})
