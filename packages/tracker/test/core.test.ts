import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { touchOf } from '../src/campaign.ts'
import { createCore, type Options } from '../src/core.ts'
import { memoryStore } from '../src/store.ts'
import { fakeDevice, fakeServer, type Sent } from './fake-device.ts'

beforeEach(() => vi.useFakeTimers({ now: Date.UTC(2026, 10, 1, 12) }))
afterEach(() => vi.useRealTimers())

const minutes = (n: number) => vi.advanceTimersByTimeAsync(n * 60_000)

function open(more: Partial<Options> = {}, shared: Parameters<typeof fakeDevice>[1] = {}, signalled = false) {
  const server = fakeServer()
  const device = fakeDevice(server, shared)
  const core = createCore(device, { writeKey: 'wk', host: 'https://crm.example', ...more }, signalled)
  const sent = async (): Promise<Sent[]> => {
    await vi.advanceTimersByTimeAsync(1000)
    return server.taken()
  }
  return { server, device, core, sent }
}

const came = (query: string) =>
  touchOf(new URLSearchParams(query), {
    referrer: 'https://ad.example/',
    url: `/?${query}`,
    time: new Date(),
  })

test('calls have the shape that the tracking API reads', async () => {
  const { core, sent } = open()
  core.track('Course Viewed', { price: 1 })
  core.page('Home', { banner: 'x' })
  core.identify('u1', { email: 'a@example.com' }, { externalIds: [{ type: 'wechat_unionid', id: 'w1' }] })
  core.identify({ city: '北京' })
  core.group('c1', { name: 'Class' })
  core.alias('u2')
  core.alias('u3', 'old')
  const messages = await sent()
  const anonymousId = messages[0]?.anonymousId
  expect(anonymousId).toMatch(/./)
  expect(new Set(messages.map((one) => one.messageId)).size).toBe(7)
  const library = { name: '@headwater/tracker', version: expect.any(String) }
  expect(messages).toMatchObject([
    { type: 'track', event: 'Course Viewed', properties: { price: 1 }, anonymousId, context: { library } },
    { type: 'page', name: 'Home', properties: { path: '/p', name: 'Home', banner: 'x' } },
    {
      type: 'identify',
      userId: 'u1',
      traits: { email: 'a@example.com' },
      context: { externalIds: [{ type: 'wechat_unionid', id: 'w1' }] },
    },
    { type: 'identify', userId: 'u1', traits: { city: '北京' } },
    { type: 'group', userId: 'u1', groupId: 'c1', traits: { name: 'Class' } },
    { type: 'alias', userId: 'u2', previousId: 'u1', context: { groupId: 'c1' } },
    { type: 'alias', userId: 'u3', previousId: 'old', anonymousId },
  ])
  expect(messages[0]?.timestamp).toBe('2026-11-01T12:00:00.000Z')
  expect('userId' in (messages[0] as Sent)).toBe(false)
})

test('a session ends after 30 idle minutes and when somebody comes by another campaign', async () => {
  const { core, sent } = open()
  const sessions: unknown[] = []
  const note = async () => {
    core.track('T')
    sessions.push((await sent()).at(-1)?.context.sessionId)
  }
  core.arrive(came('utm_source=a'))
  await note()
  await minutes(29)
  await note()
  await minutes(29)
  core.arrive(came('utm_source=a')) // reloaded
  await note()
  core.arrive(undefined) // another page of the site
  await note()
  expect(new Set(sessions).size).toBe(1)
  core.arrive(came('utm_source=b'))
  await note()
  await minutes(31)
  await note()
  expect(new Set(sessions).size).toBe(3)
})

test('campaign and click ids are those of the session; first and last touch stay', async () => {
  const { core, sent } = open()
  core.arrive(came('utm_source=baidu&utm_campaign=spring&bd_vid=b1&page=2'))
  core.track('T')
  expect((await sent()).at(-1)?.context).toMatchObject({
    campaign: { source: 'baidu', name: 'spring' },
    clickIds: { bd_vid: 'b1' },
  })
  await minutes(60)
  core.arrive(undefined)
  core.track('T')
  const direct = (await sent()).at(-1)?.context
  expect(direct?.campaign).toBeUndefined()
  expect(direct?.touch).toMatchObject({
    last: { campaign: { source: 'baidu' }, referrer: 'https://ad.example/' },
  })
  core.arrive(came('gclid=g1'))
  core.track('T')
  expect((await sent()).at(-1)?.context).toMatchObject({
    clickIds: { gclid: 'g1' },
    touch: { first: { clickIds: { bd_vid: 'b1' } }, last: { clickIds: { gclid: 'g1' } } },
  })
})

test.each(
  'gclid gbraid wbraid dclid fbclid bd_vid qz_gdt gdt_vid clickid msclkid ttclid twclid yclid li_fat_id'.split(
    ' ',
  ),
)('the click id %s is kept', (name) => {
  expect(came(`${name}=x1`)?.clickIds).toEqual({ [name]: 'x1' })
})

test('other parameters are no campaign, and long ones are cut', () => {
  expect(came('q=x&my_gclid=1&utm_=1&gclid=')).toBeUndefined()
  expect(came(`utm_source=${'x'.repeat(5000)}`)?.campaign.source).toHaveLength(200)
})

test('logged out: the next call is somebody else’s', async () => {
  const { core, sent } = open()
  core.identify('u1')
  core.group('g1')
  core.reset()
  core.track('T')
  const messages = await sent()
  expect(messages[2]?.anonymousId).not.toBe(messages[0]?.anonymousId)
  expect(messages[2]?.userId).toBeUndefined()
  expect(messages[2]?.context.groupId).toBeUndefined()
})

test('consent required: kept in memory until it is given; the answer is remembered; taken back, all is wiped', async () => {
  const shared = { ids: memoryStore(), queue: memoryStore() }
  const { core, sent } = open({ consent: 'required' }, shared)
  core.arrive(came('gclid=g1'))
  core.track('Before')
  expect(await sent()).toEqual([])
  expect([...shared.ids.names(), ...shared.queue.names()]).toEqual([])
  core.consent('granted')
  expect((await sent()).map((one) => [one.event, one.context.clickIds])).toEqual([
    ['Before', { gclid: 'g1' }],
  ])
  const next = open({ consent: 'required' }, shared)
  next.core.track('Next page')
  expect((await next.sent())[0]?.anonymousId).toBe((await sent())[0]?.anonymousId)
  core.consent('denied')
  next.core.track('Other tab')
  core.track('This tab')
  expect([...shared.ids.names(), ...shared.queue.names()]).toEqual([])
  expect(await next.sent()).toHaveLength(1)
})

test('denied before it was given: what was called meanwhile is gone', async () => {
  const { core, sent } = open({ consent: 'required' })
  core.track('Before')
  core.consent('denied')
  core.track('After')
  core.consent('granted')
  core.track('Granted')
  expect((await sent()).map((one) => one.event)).toEqual(['Granted'])
})

test('a browser that says no is obeyed until somebody consents', async () => {
  const { core, sent, device } = open({}, {}, true)
  core.track('No')
  expect(await sent()).toEqual([])
  expect(device.ids.names()).toEqual([])
  core.consent('granted')
  core.track('Yes')
  expect((await sent()).map((one) => one.event)).toEqual(['Yes'])
})

test('somebody else’s text under our names does no harm', async () => {
  const ids = memoryStore()
  for (const name of 'sflg') ids.set(name, '%{"not ours')
  const { core, sent } = open({}, { ids })
  core.track('T')
  expect((await sent())[0]).toMatchObject({ event: 'T', context: { sessionId: Date.UTC(2026, 10, 1, 12) } })
})

test('who this is stands before the first call', async () => {
  const { core } = open()
  const told = vi.fn()
  core.arrive(undefined)
  core.onReady(told)
  await vi.advanceTimersByTimeAsync(1)
  expect(told).toHaveBeenCalledWith({ anonymousId: expect.stringMatching(/./), userId: null })
})
