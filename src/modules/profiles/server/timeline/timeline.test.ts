import { beforeAll, expect, test } from 'vitest'
import type { TimelineItem } from '#modules/profiles/contract.ts'
import {
  at,
  identify,
  type List,
  one,
  timelineOf,
  track,
} from '#modules/profiles/server/testing/tell-people.ts'
import { startTestApp, type TestApp, type TestWorkspace } from '#test/start-test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})

type Page = List<TimelineItem>
const pageOf = async (ws: TestWorkspace, id: string, query: Record<string, string>) =>
  (await ws.call<Page>('GET', `/api/profiles/${id}/timeline?${new URLSearchParams(query)}`)).body

/** All pages of a question, in the order in which they came. */
async function walk(ws: TestWorkspace, id: string, query: Record<string, string>): Promise<TimelineItem[][]> {
  const pages: TimelineItem[][] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Page = await pageOf(ws, id, { ...query, ...(cursor ? { cursor } : {}) })
    pages.push(page.items)
    cursor = page.next
  }
  return pages
}

const kinds = (items: TimelineItem[]) => items.map((item) => `${item.type} ${item.name}`.trim())

/** Somebody of whom every source has something; the events lie in one second with what was done to the record. */
async function busyPerson() {
  const ws = await app.workspace()
  const { body: segment } = await ws.call<{ id: string }>('POST', '/api/segments', {
    name: 'Buyers',
    rule: { event: 'Order Completed' },
  })
  expect(segment.id).toBeTruthy()
  await ws.send(identify(1, 'u1', { name: 'Li Wen' }, { anonymousId: 'd1' }))
  await ws.settled()
  for (let n = 0; n < 100; n++) {
    const { body } = await ws.call<{ state: string }>('GET', `/api/segments/${segment.id}`)
    if (body.state === 'live') break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const id = (await one(ws, 'user_id:u1')).id
  await ws.call('POST', `/api/profiles/${id}/tags`, { add: ['vip', 'trial'], why: 'called back' })
  await ws.call('POST', `/api/profiles/${id}/tags`, { remove: ['trial'] })
  await ws.call('PATCH', `/api/profiles/${id}`, { attributes: { grade: '高三' } })
  const now = new Date(app.clock.now()).toISOString()
  await ws.send(
    ...['tag:1', 'tag:9', 'zz', 'change:5'].map((messageId) => ({
      type: 'track',
      event: 'Course Viewed',
      userId: 'u1',
      messageId,
      timestamp: now,
      properties: { course: '雅思冲刺班' },
    })),
    track(3, 'Order Completed', { userId: 'u1' }, { order_id: 'o1', revenue: 99, currency: 'CNY' }),
    identify(4, 'u2', { name: 'Twin' }),
  )
  await ws.settled()
  const twin = (await one(ws, 'user_id:u2')).id
  await ws.call('POST', `/api/profiles/${id}/merge`, { with: twin })
  await ws.settled()
  return { ws, id }
}

test('one timeline of all sources: pages join without gaps or repeats, both ways, and groups part it', async () => {
  const { ws, id } = await busyPerson()
  const all = (await pageOf(ws, id, { groups: 'all', limit: '1000' })).items
  expect(kinds(all).toSorted()).toEqual(
    [
      'attributes',
      'event Course Viewed',
      'event Course Viewed',
      'event Course Viewed',
      'event Course Viewed',
      'event Order Completed',
      'identify identify',
      'identify identify',
      'merge merge',
      'segment.entered Buyers',
      'tag.added trial',
      'tag.added vip',
      'tag.removed trial',
    ].toSorted(),
  )
  expect(all.map((item) => item.time)).toEqual(
    all
      .map((item) => item.time)
      .toSorted()
      .toReversed(),
  )
  expect(new Set(all.map((item) => item.at)).size).toBe(all.length)
  const added = all.find((item) => item.type === 'tag.added')
  expect(added).toMatchObject({ why: 'called back', group: 'system' })
  expect(added?.by).toBeTruthy()

  for (const limit of ['1', '2', '5']) {
    const pages = await walk(ws, id, { groups: 'all', limit })
    expect(pages.flat()).toEqual(all)
    expect(pages.slice(0, -1).every((page) => page.length === Number(limit))).toBe(true)
  }
  for (const start of all) {
    const opening = { groups: 'all', limit: '4', at: start.at as string }
    const older = (await walk(ws, id, opening)).flat()
    const newer = (await walk(ws, id, { ...opening, direction: 'newer' })).toReversed().flat()
    expect(older[0]).toEqual(start)
    expect([...newer, ...older]).toEqual(all)
  }

  const groups = (await ws.call<{ items: string[] }>('GET', `/api/profiles/${id}/timeline-groups`)).body.items
  expect(groups).toEqual(['behaviour', 'sales', 'system'])
  for (const group of groups)
    expect((await walk(ws, id, { groups: group, limit: '3' })).flat()).toEqual(
      all.filter((item) => item.group === group),
    )
  expect((await pageOf(ws, id, { groups: 'messages' })).items).toEqual([])
  expect(
    kinds((await pageOf(ws, id, { groups: 'sales,behaviour', names: 'Order Completed' })).items),
  ).toEqual(['event Order Completed'])
}, 60_000)

test('search finds words of every source; a date opens the timeline there', async () => {
  const { ws, id } = await busyPerson()
  const found = async (search: string) => kinds((await pageOf(ws, id, { groups: 'all', search })).items)
  expect(await found('VIP')).toEqual(['tag.added vip'])
  expect((await found('called')).toSorted()).toEqual(['tag.added trial', 'tag.added vip'])
  expect(await found('buyers')).toEqual(['segment.entered Buyers'])
  expect(await found('雅思')).toHaveLength(4)
  expect(await found('grade')).toEqual(['attributes'])
  const day = { groups: 'all', at: at(3) }
  expect(kinds((await pageOf(ws, id, day)).items)).toEqual(['event Order Completed', 'identify identify'])
  const above = (await pageOf(ws, id, { ...day, direction: 'newer', limit: '1' })).items
  expect(kinds(above)).toEqual(['identify identify'])
  const early = { groups: 'all', at: '2020-01-01T00:00:00Z' }
  expect((await pageOf(ws, id, early)).items).toEqual([])
  expect((await pageOf(ws, id, { ...early, direction: 'newer', limit: '1000' })).items).toHaveLength(13)
  for (const bad of ['at=x', 'at=2026-99-99', 'cursor=x'])
    expect((await ws.call('GET', `/api/profiles/${id}/timeline?${bad}`)).status).toBe(422)
}, 60_000)

test('without groups it stays what it was: only what the person did, and `include=system` adds calls and merges', async () => {
  const { ws, id } = await busyPerson()
  const did = await timelineOf(ws, id)
  expect(did.every((item) => item.type === 'event')).toBe(true)
  expect(did).toHaveLength(5)
  const system = await timelineOf(ws, id, 'include=system')
  expect(new Set(system.map((item) => item.type))).toEqual(new Set(['event', 'identify', 'merge']))
}, 60_000)
