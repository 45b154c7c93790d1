import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { Segment, Version } from '#modules/segments/contract.ts'
import { identify, segmentCalls } from '#modules/segments/server/testing/segment-calls.ts'
import { startTestApp, type TestWorkspace } from '#test/start-test-app.ts'

let ws: TestWorkspace
let calls: ReturnType<typeof segmentCalls>
beforeAll(async () => {
  const app = await startTestApp()
  ws = await app.workspace()
  calls = segmentCalls(ws)
  // Who has which of three letters: every region of the three has somebody.
  await ws.send(
    ...['a', 'b', 'c', 'ab', 'ac', 'bc', 'abc', 'abc', 'none'].map((letters, i) =>
      identify(`p${i}`, { letters: letters === 'none' ? [] : [...letters], has: letters }),
    ),
  )
  await ws.settled()
}, 60_000)

const letter = (value: string) => ({ attr: 'letters', op: 'eq', value })
type Regions = { regions: { in: number[]; count: number }[]; sizes: number[]; everyone: number }
const regionsOf = async (rules: unknown[]) =>
  (await ws.call<Regions>('POST', '/api/segments/regions', { rules })).body
const versionsOf = async (id: string, query = '') =>
  (await ws.call<{ items: Version[]; next: string | null }>('GET', `/api/segments/${id}/versions?${query}`))
    .body
const save = (id: string, body: Record<string, unknown>) =>
  ws.call<Segment>('PUT', `/api/segments/${id}`, body)

test('every saved rule is a version; an older one can be taken up again', async () => {
  const made = await calls.create({ name: 'Versioned', rule: letter('a') })
  expect(made.version).toBe(1)
  const changed = await save(made.id, { name: 'Versioned', rule: letter('b'), note: 'b instead', basedOn: 1 })
  expect(changed).toMatchObject({ status: 200, body: { version: 2, state: 'building' } })
  // Another name is no other rule.
  expect((await save(made.id, { name: 'Renamed', rule: letter('b') })).body.version).toBe(2)
  expect((await versionsOf(made.id)).items).toMatchObject([
    { number: 2, note: 'b instead', current: true, rule: letter('b') },
    { number: 1, note: '', current: false, rule: letter('a') },
  ])
  const restored = await ws.call<Segment>('POST', `/api/segments/${made.id}/versions/1/restore`)
  expect(restored.body).toMatchObject({ version: 3, name: 'Renamed', rule: letter('a') })
  expect((await calls.counted(made.id)).size).toBe(5)
  const paged = await versionsOf(made.id, 'limit=2')
  expect(paged.items.map((one) => one.number)).toEqual([3, 2])
  expect((await versionsOf(made.id, `limit=2&cursor=${paged.next}`)).items.map((one) => one.number)).toEqual([
    1,
  ])
  expect(await ws.call('POST', `/api/segments/${made.id}/versions/9/restore`)).toMatchObject({
    status: 404,
    body: { code: 'segment.version_missing' },
  })
})

test('who saves a rule does not overwrite one that was saved meanwhile', async () => {
  const { id } = await calls.create({ name: 'Two editors', rule: letter('a') })
  await save(id, { name: 'Two editors', rule: letter('b'), basedOn: 1 })
  expect(await save(id, { name: 'Two editors', rule: letter('c'), basedOn: 1 })).toMatchObject({
    status: 409,
    body: { code: 'segment.changed_meanwhile', version: 2 },
  })
  expect((await calls.get(id)).rule).toEqual(letter('b'))
})

test('a tag that gets another name has it in older versions too', async () => {
  const tag = await ws.call<{ id: string }>('POST', '/api/tags', { name: 'before' })
  const { id } = await calls.create({ name: 'Tagged', rule: { tag: 'before' } })
  await save(id, { name: 'Tagged', rule: letter('a') })
  expect((await ws.call('PATCH', `/api/tags/${tag.body.id}`, { name: 'after' })).status).toBe(200)
  expect((await versionsOf(id)).items[1]?.rule).toEqual({ tag: 'after' })
})

test('regions of rules are exact, and what a change brings in and puts out is one of them', async () => {
  const three = await regionsOf([letter('a'), letter('b'), letter('c')])
  expect(three.regions).toEqual([
    { in: [0], count: 1 },
    { in: [1], count: 1 },
    { in: [2], count: 1 },
    { in: [0, 1], count: 1 },
    { in: [0, 2], count: 1 },
    { in: [1, 2], count: 1 },
    { in: [0, 1, 2], count: 2 },
  ])
  expect(three).toMatchObject({ sizes: [5, 5, 5], everyone: 9 })
  const { id } = await calls.create({ name: 'Before', rule: letter('a') })
  const diff = await regionsOf([{ segment: id }, { all: [letter('a'), letter('b')] }])
  expect(diff.regions).toEqual([
    { in: [0], count: 2 },
    { in: [1], count: 0 },
    { in: [0, 1], count: 3 },
  ])
  expect((await ws.call('POST', '/api/segments/regions', { rules: [letter('a')] })).status).toBe(422)
})

test('regions are a partition: their parts add up to every rule', async () => {
  const leaf = fc.constantFrom(letter('a'), letter('b'), { attr: 'has', op: 'contains', value: 'bc' })
  const rule = fc.oneof(
    leaf,
    leaf.map((one) => ({ not: one })),
    fc.record({ any: fc.tuple(leaf, leaf) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(rule, { minLength: 2, maxLength: 3 }), async (rules) => {
      const { regions, sizes, everyone } = await regionsOf(rules)
      for (const [i, one] of rules.entries()) {
        const parts = regions
          .filter((region) => region.in.includes(i))
          .reduce((sum, { count }) => sum + count, 0)
        expect(parts).toBe(sizes[i])
        expect(sizes[i]).toBe(await calls.count(one))
      }
      const all = regions.reduce((sum, { count }) => sum + count, 0)
      expect(all).toBe(await calls.count({ any: rules }))
      expect(all).toBeLessThanOrEqual(everyone)
    }),
    { numRuns: 8 },
  )
})

test('each two of several segments', async () => {
  const ids: string[] = []
  for (const value of ['a', 'b', 'c'])
    ids.push((await calls.create({ name: `Matrix ${value}`, rule: letter(value) })).id)
  const { body } = await ws.call('POST', '/api/segments/overlaps', { segments: ids })
  expect(body).toMatchObject({
    everyone: 9,
    matrix: [
      [5, 3, 3],
      [3, 5, 3],
      [3, 3, 5],
    ],
  })
})
