import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import type { BinEntry, Profile } from '#modules/profiles/contract.ts'
import { isInBin, trashedAmong } from '#modules/profiles/server/bin/trash-store.ts'
import { peopleAgree } from '#modules/profiles/server/people-agree.ts'
import {
  find,
  identify,
  type List,
  numberOf,
  one,
  timelineOf,
  track,
} from '#modules/profiles/server/testing/tell-people.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

const bin = async (ws: TestWorkspace, query = '') =>
  (await ws.call<List<BinEntry>>('GET', `/api/profiles/trash${query}`)).body.items
const trash = (ws: TestWorkspace, ids: string[], why?: string) =>
  ws.call<{ people: number }>('POST', '/api/profiles/trash', { ids, ...(why ? { why } : {}) })
const restore = (ws: TestWorkspace, ids: string[]) =>
  ws.call<{ people: number }>('POST', '/api/profiles/restore', { ids })
const rule = { attr: 'city', op: 'eq', value: 'Beijing' }

/** Everything that shows or counts people. */
async function shown(ws: TestWorkspace, segment: string) {
  const list = await ws.call<List>('GET', '/api/profiles?limit=1000')
  const byName = await ws.call<List>('GET', '/api/profiles?limit=1000&sort=name')
  const search = await ws.call<List>('GET', '/api/profiles?search=person')
  const count = await ws.call<{ count: number }>('POST', '/api/profiles/count', { rule })
  const preview = await ws.call<{ count: number }>('POST', '/api/segments/preview', { rule })
  const members = await ws.call<List>('GET', `/api/segments/${segment}/members`)
  const tags = await ws.call<{ items: { name: string; people: number }[] }>('GET', '/api/tags')
  const names = (items: Profile[]) => items.map((person) => person.name).toSorted()
  return {
    list: names(list.body.items),
    byName: names(byName.body.items),
    search: names(search.body.items),
    count: count.body.count,
    preview: preview.body.count,
    members: names(members.body.items),
    tagged: tags.body.items.find((tag) => tag.name === 'vip')?.people,
  }
}

async function liveSegment(ws: TestWorkspace): Promise<string> {
  const { body } = await ws.call<{ id: string }>('POST', '/api/segments', { name: 'Beijing', rule })
  await expect
    .poll(async () => (await ws.call<{ state: string }>('GET', `/api/segments/${body.id}`)).body.state, {
      timeout: 20_000,
    })
    .toBe('live')
  return body.id
}

test('whoever goes into the bin is nowhere; restored, they are as before and have what came meanwhile', async () => {
  const ws = await app.workspace()
  await ws.send(
    ...['a', 'b', 'c'].flatMap((id, at) => [
      identify(at, id, { name: `Person ${id}`, city: 'Beijing' }, { anonymousId: `d-${id}` }),
      track(at + 1, 'Course Viewed', { userId: id }),
    ]),
  )
  await ws.settled()
  const [a, b] = [await one(ws, 'user_id:a'), await one(ws, 'user_id:b')]
  await ws.call('POST', `/api/profiles/${b.id}/tags`, { add: ['vip'] })
  const segment = await liveSegment(ws)
  const before = await shown(ws, segment)
  expect(before).toMatchObject({ count: 3, preview: 3, tagged: 1 })
  expect(before.members).toHaveLength(3)

  expect(await trash(ws, [b.id], 'duplicate')).toMatchObject({ status: 200, body: { people: 1 } })
  expect((await trash(ws, [b.id])).body).toEqual({ people: 0 })
  const without = await shown(ws, segment)
  const left = ['Person a', 'Person c']
  expect(without).toEqual({
    list: left,
    byName: left,
    search: left,
    count: 2,
    preview: 2,
    members: left,
    tagged: 0,
  })
  expect(await find(ws, 'user_id:b')).toEqual([])
  for (const path of ['', '/timeline', '/identity', '/event-names', '/segments', '/tags', '/timeline-groups'])
    expect((await ws.call('GET', `/api/profiles/${b.id}${path}`)).status, path).toBe(404)
  const refused = [
    await ws.call('PATCH', `/api/profiles/${b.id}`, { attributes: { x: 1 } }),
    await ws.call('POST', `/api/profiles/${a.id}/merge`, { with: b.id }),
    await ws.call('POST', `/api/profiles/${b.id}/tags`, { add: ['x'] }),
    await ws.call('POST', '/api/segments/explain', { rule, profileId: b.id }),
  ]
  expect(refused.map((reply) => reply.status)).toEqual([404, 404, 404, 404])

  // What they do from now on is kept and hidden, on a new device too.
  await ws.send(
    track(50, 'Order Completed', { userId: 'b', anonymousId: 'new-device' }),
    identify(51, 'b', { grade: 'A' }, { anonymousId: 'new-device' }),
  )
  await ws.settled()
  expect(await shown(ws, segment)).toEqual(without)
  const [entry] = await bin(ws)
  expect(entry).toMatchObject({
    person: { id: b.id, name: 'Person b' },
    why: 'duplicate',
    activeSince: false,
  })
  expect(await bin(ws, '?active=true')).toEqual([])
  expect(Date.parse(entry?.erasedAt as string) - Date.parse(entry?.trashedAt as string)).toBe(90 * 86_400_000)
  await ws.send({ type: 'track', event: 'Came Back', userId: 'b' })
  await ws.settled()
  expect((await bin(ws))[0]?.activeSince).toBe(true)
  const narrowed = ['search=PERSON%20b', 'search=dupli&active=true', 'search=Person%20a']
  expect(await Promise.all(narrowed.map(async (query) => (await bin(ws, `?${query}`)).length))).toEqual([
    1, 1, 0,
  ])
  expect(await peopleAgree(app)).toBe(true)

  expect((await restore(ws, [b.id])).body).toEqual({ people: 1 })
  expect(await shown(ws, segment)).toEqual(before)
  expect((await one(ws, 'anonymous_id:new-device')).id).toBe(b.id)
  expect((await one(ws, 'user_id:b')).attributes).toMatchObject({ grade: 'A' })
  const told = (await timelineOf(ws, b.id, 'groups=all')).map((item) => `${item.type} ${item.name}`.trim())
  expect(told).toEqual(
    expect.arrayContaining(['trashed', 'restored', 'event Came Back', 'event Order Completed']),
  )
  expect(await bin(ws)).toEqual([])
  expect(await peopleAgree(app)).toBe(true)
}, 90_000)

test('a rebuild of everything leaves the bin as it is', async () => {
  const ws = await app.workspace()
  await ws.send(identify(1, 'x', { name: 'Person x' }), identify(2, 'y', { name: 'Person y' }))
  await ws.settled()
  await trash(ws, [(await one(ws, 'user_id:x')).id])
  await app.collect.projector.inTurn(() => app.profiles.peopleSource.rebuild(async () => undefined))
  await app.profiles.recogniser.reloadAnalytics()
  const list = await ws.call<List>('GET', '/api/profiles')
  expect(list.body.items.map((person) => person.name)).toEqual(['Person y'])
  expect(await app.profiles.peopleSource.agree()).toBe(true)
}, 60_000)

test('somebody in the bin who turns out to be somebody who is not comes back with them', async () => {
  const ws = await app.workspace()
  await ws.send(
    track(1, 'Visited', { anonymousId: 'phone' }),
    identify(2, 'mother', { name: 'Mother' }),
    track(3, 'Visited', { anonymousId: 'tablet' }),
  )
  await ws.settled()
  const visitor = await one(ws, 'anonymous_id:phone')
  await trash(ws, [visitor.id])
  // A visitor of later is theirs alone; who was there before is not hidden by them.
  await ws.send(identify(4, 'mother', {}, { anonymousId: 'phone' }))
  await ws.settled()
  expect((await one(ws, 'anonymous_id:phone')).name).toBe('Mother')
  expect(await bin(ws)).toEqual([])
}, 60_000)

test('after 90 days they are erased for good, and only they', async () => {
  const ws = await app.workspace()
  await ws.send(identify(1, 'old', { name: 'Person old' }), identify(2, 'new', { name: 'Person new' }))
  await ws.settled()
  const [old, young] = [await one(ws, 'user_id:old'), await one(ws, 'user_id:new')]
  await trash(ws, [old.id])
  app.clock.advance(50 * 86_400_000)
  await trash(ws, [young.id])
  app.clock.advance(41 * 86_400_000)
  const [, entry] = await bin(ws)
  expect(entry?.person.id).toBe(old.id)
  expect(await app.privacy.emptyBin()).toBeGreaterThanOrEqual(1)
  await expect
    .poll(async () => (await bin(ws)).map((one) => one.person.id), { timeout: 20_000 })
    .toEqual([young.id])
  const left = await app.database.system((tx) =>
    tx.rows(sql`select unit from profiles.identifier where value = 'old'`),
  )
  expect(left).toEqual([])
  await restore(ws, [young.id])
  expect((await one(ws, 'user_id:new')).id).toBe(young.id)
  // Whoever lies there may be erased at once.
  await trash(ws, [young.id])
  expect((await ws.call('DELETE', `/api/profiles/${young.id}`)).status).toBeLessThan(300)
  await expect.poll(async () => (await bin(ws)).length, { timeout: 20_000 }).toBe(0)
}, 90_000)

test('who is in the bin is the same in SQL as in the program, for any identifiers', async () => {
  const ws = await app.workspace()
  const num = await numberOf(app, ws)
  const rows = fc.uniqueArray(
    fc.record({
      unit: fc.integer({ min: 1, max: 40 }),
      upto: fc.option(fc.integer({ min: 1, max: 40 })),
      person: fc.integer({ min: 1, max: 4 }),
    }),
    { selector: (row) => row.unit, maxLength: 12 },
  )
  await fc.assert(
    fc.asyncProperty(rows, async (units) => {
      const base = 9_000_000_000_000
      const found = await app.database.system(async (tx) => {
        await tx.run(sql`delete from profiles.identifier where workspace_id = ${num}`)
        await tx.run(sql`delete from profiles.unit_trash where workspace_id = ${num}`)
        for (const { unit, upto, person } of units) {
          await tx.run(sql`
            insert into profiles.identifier
              (workspace_id, unit, kind, value, person, component, first_time, first_message_id, seen)
            values (${num}, ${base + unit}, 'user_id', ${String(unit)}, ${base + person}, 1, 0, '', true)`)
          if (upto !== null)
            await tx.run(sql`
              insert into profiles.unit_trash (workspace_id, unit, person, upto, at, by, by_kind)
              values (${num}, ${base + unit}, ${base + person}, ${base + upto}, now(), 'x', 'member')`)
        }
        return trashedAmong(
          Object.create(tx, { workspace: { value: num } }),
          [1, 2, 3, 4].map((n) => base + n),
        )
      })
      const expected = [1, 2, 3, 4].filter((person) => isInBin(units.filter((row) => row.person === person)))
      expect([...found].toSorted()).toEqual(expected.map((person) => base + person))
    }),
    { numRuns: 40 },
  )
  await app.database.system(async (tx) => {
    await tx.run(sql`delete from profiles.identifier where workspace_id = ${num}`)
    await tx.run(sql`delete from profiles.unit_trash where workspace_id = ${num}`)
  })
}, 60_000)

test('a page in the order of activity is full although the latest lie in the bin', async () => {
  const ws = await app.workspace()
  const names = ['a', 'b', 'c', 'd', 'e']
  await ws.send(
    ...names.flatMap((id, at) => [
      identify(2 * at, id, { name: `Person ${id}` }),
      track(2 * at + 1, 'Viewed', { userId: id }),
    ]),
  )
  await ws.settled()
  await trash(ws, [(await one(ws, 'user_id:e')).id, (await one(ws, 'user_id:c')).id])
  const page = async (cursor = '') =>
    (await ws.call<List & { next: string | null }>('GET', `/api/profiles?sort=-lastSeen&limit=2${cursor}`))
      .body
  const first = await page()
  expect(first.items.map((person) => person.name)).toEqual(['Person d', 'Person b'])
  const second = await page(`&cursor=${first.next}`)
  expect([second.items.map((person) => person.name), second.next]).toEqual([['Person a'], null])
})
