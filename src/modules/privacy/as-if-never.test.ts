import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import type { Profile } from '#modules/profiles/contract.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

type Json = Record<string, unknown>

/** Few names, so that devices and contacts are shared, taken over and given back. */
const item = fc.record(
  {
    userId: fc.option(fc.constantFrom('ann', 'bob', 'cho'), { nil: undefined, freq: 3 }),
    anonymousId: fc.constantFrom('d1', 'd2', 'd3'),
    traits: fc.record(
      { email: fc.constantFrom('x@e.org', 'y@e.org'), phone: fc.constantFrom('13800000001', '13800000002') },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['anonymousId'] },
)

type Item = { userId?: string | undefined; anonymousId: string; traits?: Json | undefined }

const messages = (items: readonly Json[]): Json[] =>
  items.map((one, at) => ({
    ...one,
    type: 'identify',
    messageId: `m${String(at).padStart(3, '0')}`,
    timestamp: new Date(1_767_225_600_000 + at * 60_000).toISOString(),
  }))

async function workspaceOf(items: readonly Json[]): Promise<TestWorkspace> {
  const ws = await app.workspace()
  if (items.length > 0) await ws.send(...items)
  await ws.settled()
  return ws
}

const email = 'x@e.org'
const phone = '13800000001'
const bobLater = { userId: 'bob', anonymousId: 'd2', traits: { email } }
/** What only the erased person said holds nobody together: two contacts, a contact and a device. */
const examples: [Item[]][] = [
  [
    [
      { userId: 'ann', anonymousId: 'd1', traits: { email, phone } },
      bobLater,
      { userId: 'cho', anonymousId: 'd3', traits: { phone } },
    ],
  ],
  [
    [
      { userId: 'ann', anonymousId: 'd1', traits: { email } },
      bobLater,
      { userId: 'cho', anonymousId: 'd1', traits: {} },
    ],
  ],
]

type Known = { id: string; person: string; intervals: unknown; holders: string[] }

/** Whose every identifier is, in words instead of numbers. */
async function identityOf(ws: TestWorkspace): Promise<Known[]> {
  return app.database.system((tx) =>
    tx.rows<Known>(sql`
      with i as (select * from profiles.identifier where workspace_id = (select num from platform.workspace where id = ${ws.id})),
        named as (select unit, kind || ':' || value as name from i)
      select n.name as id, p.name as person,
        (select jsonb_agg(jsonb_build_array(v->'from', v->'to', o.name) order by ord)
         from jsonb_array_elements(i.intervals) with ordinality as e (v, ord) join named o on o.unit = (v->>'person')::bigint) as intervals,
        array(select h.name from unnest(i.holders) u join named h on h.unit = u order by 1) as holders
      from i join named n using (unit) join named p on p.unit = i.person order by 1`),
  )
}

const personOf = async (ws: TestWorkspace, userId: string) =>
  (await ws.call<{ items: Profile[] }>('GET', `/api/profiles?identifier=user_id:${userId}`)).body.items[0]

async function messagesOf(ws: TestWorkspace, id: string): Promise<Set<string>> {
  const reply = await app.server.inject({
    method: 'GET',
    url: `/api/profiles/${id}/export`,
    headers: { authorization: `Bearer ${ws.apiKey}` },
  })
  return new Set(reply.json<{ events: { messageId: string }[] }>().events.map((event) => event.messageId))
}

async function erase(ws: TestWorkspace, ...ids: string[]): Promise<void> {
  const asked = await Promise.all(ids.map((id) => ws.call('DELETE', `/api/profiles/${id}`)))
  expect(asked.map((reply) => reply.status)).toEqual(ids.map(() => 202))
  for (;;) {
    const { body } = await ws.call<{ items: { state: string }[] }>('GET', '/api/erasures')
    if (body.items.every((one) => one.state === 'done')) return
    expect(body.items.map((one) => one.state)).not.toContain('failed')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const attributesOf = async (ws: TestWorkspace, users = ['bob', 'cho']) =>
  Object.fromEntries(
    await Promise.all(users.map(async (userId) => [userId, (await personOf(ws, userId))?.attributes])),
  )

test('after an erasure the others are as if the person had never been there', {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array<Item>(item, { minLength: 3, maxLength: 14 }), async (items) => {
      const all = messages(items)
      const ws = await workspaceOf(all)
      const ann = await personOf(ws, 'ann')
      if (!ann) return
      const theirs = await messagesOf(ws, ann.id)
      const before = await identityOf(ws)
      await erase(ws, ann.id)
      const left = await identityOf(ws)
      const without = await workspaceOf(all.filter((one) => !theirs.has(one.messageId as string)))
      const stays = new Set(left.map((one) => one.id))
      const gone = new Set(before.map((one) => one.id).filter((id) => !stays.has(id)))
      // What others have said of a contact that was the person's alone is not known any more.
      const expected = (await identityOf(without)).filter((one) => !gone.has(one.id))
      expect(left).toEqual(expected)
      expect(await attributesOf(ws)).toEqual(await attributesOf(without))
    }),
    { numRuns: 10, examples },
  )
})

test('two who are erased together leave the others as if neither had been there, and nothing of what they shared', {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array<Item>(item, { minLength: 4, maxLength: 14 }), async (items) => {
      const all = messages(items)
      const ws = await workspaceOf(all)
      const both = [await personOf(ws, 'ann'), await personOf(ws, 'bob')].flatMap((one) => one ?? [])
      if (both.length < 2) return
      const theirs = new Set<string>()
      for (const { id } of both) for (const message of await messagesOf(ws, id)) theirs.add(message)
      const before = await identityOf(ws)
      await erase(ws, ...both.map((one) => one.id))
      const left = await identityOf(ws)
      const without = await workspaceOf(all.filter((one) => !theirs.has(one.messageId as string)))
      const stays = new Set(left.map((one) => one.id))
      const gone = new Set(before.map((one) => one.id).filter((id) => !stays.has(id)))
      expect(left).toEqual((await identityOf(without)).filter((one) => !gone.has(one.id)))
      // Whatever only the two of them were known by is not there any more.
      const names = new Set(['user_id:ann', 'user_id:bob'])
      const shared = before.filter(({ person, holders, intervals }) =>
        [
          person,
          ...holders,
          ...((intervals ?? []) as [unknown, unknown, string][]).map(([, , whose]) => whose),
        ].every((one) => names.has(one)),
      )
      for (const { id } of shared) expect(stays.has(id)).toBe(false)
      expect(await attributesOf(ws, ['cho'])).toEqual(await attributesOf(without, ['cho']))
    }),
    { numRuns: 6, examples },
  )
})
