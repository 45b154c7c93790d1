import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMiniProgram, type Entry, type MiniProgram, type Wx } from '../src/mini-program.ts'
import { fakeServer } from './fake-device.ts'

beforeEach(() => vi.useFakeTimers({ now: Date.UTC(2026, 10, 1) }))
afterEach(() => vi.useRealTimers())

type FakeWx = Wx & {
  storage: Map<string, string>
  show(entry: Entry): void
  hide(): void
  connect(isConnected: boolean): void
  /** Characters the storage takes; WeChat's limit is 10 MB for all and 1 MB for one. */
  room: number
}

/** `wx` as its documentation describes it: a missing key reads '', a full storage throws, any status is a success. */
function fakeWx(
  server: ReturnType<typeof fakeServer>,
  launch: Entry = { path: 'pages/home/home', query: {}, scene: 1001 },
) {
  const storage = new Map<string, string>()
  const listeners = { show: [] as ((entry: Entry) => void)[], hide: [] as (() => void)[] }
  const network: ((state: { isConnected: boolean }) => void)[] = []
  let isConnected = true
  const wx: FakeWx = {
    storage,
    room: 10_000_000,
    show: (entry) => void listeners.show.map((one) => one(entry)),
    hide: () => void listeners.hide.map((one) => one()),
    connect: (state) => {
      isConnected = state
      for (const one of network) one({ isConnected })
    },
    request: ({ data, success, fail }) =>
      setTimeout(() => {
        if (!isConnected) return fail({ errno: 600_001, errMsg: 'request:fail ' })
        const { status, retryAfter } = server.hear(data)
        success({ statusCode: status, header: retryAfter ? { 'Retry-After': `${retryAfter}` } : {} })
      }, 20),
    getStorageSync: (key) => storage.get(key) ?? '',
    setStorageSync: (key, data) => {
      const used = [...storage.values()].reduce((sum, one) => sum + one.length, 0)
      if (used + data.length > wx.room || data.length > 1_000_000)
        throw new Error('setStorageSync:fail exceed storage max size 10Mb')
      storage.set(key, data)
    },
    removeStorageSync: (key) => void storage.delete(key),
    getStorageInfoSync: () => ({ keys: [...storage.keys()] }),
    onAppShow: (callback) => void listeners.show.push(callback),
    onAppHide: (callback) => void listeners.hide.push(callback),
    onNetworkStatusChange: (callback) => void network.push(callback),
    getLaunchOptionsSync: () => launch,
    getSystemInfoSync: () => ({
      language: 'zh_CN',
      brand: 'HUAWEI',
      model: 'P60',
      platform: 'android',
      system: 'Android 14',
      screenWidth: 390,
      screenHeight: 844,
      pixelRatio: 3,
      version: '8.0.50',
      SDKVersion: '3.5.0',
    }),
    getAccountInfoSync: () => ({ miniProgram: { appId: 'wx1', version: '1.2.0' } }),
  }
  return wx
}

function open(more: object = {}, launch?: Entry) {
  const server = fakeServer()
  const wx = fakeWx(server, launch)
  const start = (): MiniProgram => {
    const headwater = createMiniProgram(() => wx)
    headwater.init({ writeKey: 'wk', host: 'https://crm.example', ...more })
    return headwater
  }
  return { server, wx, start }
}

const settle = () => vi.advanceTimersByTimeAsync(2000)

test('a page view at each onShow, with the page, the campaign of the launch and the device', async () => {
  const { server, start } = open(
    {},
    { path: 'pages/home/home', query: { gdt_vid: 'v1', utm_source: 'tencent' }, scene: 1045 },
  )
  const headwater = start()
  const shown: string[] = []
  const page = headwater.wrapPage({
    data: { a: 1 },
    onShow(this: { route: string }) {
      shown.push(this.route)
    },
  })
  expect(page.data).toEqual({ a: 1 })
  page.onShow.call({ route: 'pages/home/home', options: { gdt_vid: 'v1' } } as { route: string })
  page.onShow.call({ route: 'pages/course/course', options: { id: '7' } } as { route: string })
  await settle()
  expect(shown).toEqual(['pages/home/home', 'pages/course/course'])
  const [first, second] = server.taken()
  expect(first).toMatchObject({
    type: 'page',
    properties: { path: 'pages/home/home' },
    context: {
      campaign: { source: 'tencent' },
      clickIds: { gdt_vid: 'v1' },
      touch: { first: { referrer: 'scene:1045' } },
      locale: 'zh-CN',
      screen: { width: 390, height: 844, density: 3 },
      device: { manufacturer: 'HUAWEI', model: 'P60' },
      app: { namespace: 'wx1', version: '1.2.0' },
    },
  })
  expect(second).toMatchObject({
    properties: {
      path: 'pages/course/course',
      search: '?id=7',
      url: 'pages/course/course?id=7',
      referrer: 'pages/home/home',
    },
    anonymousId: first?.anonymousId,
  })
})

test('taps are sent by choice, marked ones always, and the page’s method runs as before', async () => {
  const tap = (dataset: object) => ({ type: 'tap', currentTarget: { id: 'b1', dataset } })
  for (const [autocapture, expected] of [
    [undefined, ['Buy']],
    [{ clicks: true }, ['Element Clicked', 'Buy']],
  ] as const) {
    const { server, start } = open({ autocapture })
    const heard: unknown[] = []
    const page = start().wrapPage({
      buy(event: unknown) {
        heard.push(event)
        return 'done'
      },
    })
    expect(page.buy(tap({}))).toBe('done')
    page.buy(tap({ hwEvent: 'Buy', hwPropCourseLevel: 'B2' }))
    page.buy(tap({ hwEvent: 'Buy', hwIgnore: '' }))
    page.buy({ type: 'input', detail: { value: 'typed' } })
    await settle()
    expect(heard).toHaveLength(4)
    expect(server.taken().map((one) => one.event)).toEqual(expected)
    expect(server.taken().at(-1)?.properties).toEqual({ id: 'b1', course_level: 'B2' })
  }
})

test('offline, then closed: the next launch sends what waited', async () => {
  const { server, wx, start } = open()
  const first = start()
  wx.connect(false)
  first.identify('u1')
  first.track('Offline')
  await settle()
  expect(server.requests).toEqual([])
  wx.connect(true)
  const second = start()
  second.track('Next launch')
  await settle()
  expect(server.taken().map((one) => [one.type, one.userId])).toEqual([
    ['identify', 'u1'],
    ['track', 'u1'],
    ['track', 'u1'],
  ])
  expect([...wx.storage.keys()].filter((key) => /^hw\.wk\.\d/.test(key))).toEqual([])
})

test('back to the foreground: tried at once; to the background: sent before the app is suspended', async () => {
  const { server, wx, start } = open({ flushMs: 60_000 })
  const headwater = start()
  headwater.track('A')
  wx.hide()
  await vi.advanceTimersByTimeAsync(100)
  expect(server.taken()).toHaveLength(1)
  headwater.track('B')
  wx.show({ path: 'pages/home/home', query: { clickid: 'c9' }, scene: 1007 })
  await vi.advanceTimersByTimeAsync(100)
  headwater.track('C')
  void headwater.flush()
  await vi.advanceTimersByTimeAsync(100)
  expect(server.taken().map((one) => one.context.clickIds)).toEqual([undefined, undefined, { clickid: 'c9' }])
})

test('429 with Retry-After waits, 4xx is dropped and told, a full storage loses nothing', async () => {
  const drops: unknown[] = []
  const { server, wx, start } = open({ onDrop: (drop: unknown) => drops.push(drop) })
  server.answers.push({ status: 429, retryAfter: 20 })
  const headwater = start()
  headwater.track('A')
  await vi.advanceTimersByTimeAsync(15_000)
  expect(server.requests).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(server.taken()).toHaveLength(1)
  server.answers.push({ status: 401 })
  headwater.track('B')
  await settle()
  expect(drops).toEqual([{ reason: 'refused', status: 401, messages: 1 }])
  wx.room = 0
  headwater.track('C')
  await settle()
  expect(server.taken().map((one) => one.event)).toEqual(['A', 'C'])
})

test('consent required: nothing stored or sent before it', async () => {
  const { server, wx, start } = open({ consent: 'required' })
  const headwater = start()
  headwater.track('A')
  await settle()
  expect([wx.storage.size, server.requests.length]).toEqual([0, 0])
  headwater.consent('granted')
  await settle()
  expect(server.taken()).toHaveLength(1)
  headwater.consent('denied')
  expect(wx.storage.size).toBe(0)
})
