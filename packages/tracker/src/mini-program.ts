import { touchOf } from './campaign.ts'
import { createCore, type Options } from './core.ts'
import type { Answer, Device, Json } from './device.ts'
import { createFacade, type Headwater, type Started } from './facade.ts'
import { attempt, memoryStore, type Store, storeIn } from './store.ts'

/** What the tracker uses of WeChat's `wx`; other mini-program platforms have the same under their names (`my`, `tt`). */
export type Wx = {
  request(call: {
    url: string
    method: 'POST'
    data: string
    header: Record<string, string>
    timeout: number
    success(reply: { statusCode: number; header?: Record<string, string> }): void
    fail(error: unknown): void
  }): unknown
  getStorageSync(key: string): unknown
  setStorageSync(key: string, data: string): void
  removeStorageSync(key: string): void
  getStorageInfoSync(): { keys: string[] }
  onAppShow(callback: (options: Entry) => void): void
  onAppHide(callback: () => void): void
  onNetworkStatusChange(callback: (state: { isConnected: boolean }) => void): void
  getLaunchOptionsSync(): Entry
  getSystemInfoSync(): Json
  getAccountInfoSync?(): { miniProgram?: { appId?: string; version?: string } }
}
/** How the app was opened: page, its query, and the scene (1011 is a QR code, 1045 an advertisement). */
export type Entry = { path?: string; query?: Record<string, string>; scene?: number }

export type MiniProgramOptions = Options & {
  /** Taps on elements whose handlers are methods of a page (off); those with `data-hw-event` are always sent. */
  autocapture?: { clicks?: boolean } | undefined
  /** `none`: nothing is kept between launches. */
  persistence?: 'none' | undefined
}

type Method = (this: Shown, ...given: unknown[]) => unknown
type Shown = { route?: string; __route__?: string; options?: Record<string, string> }
type PageDefinition = Record<string, unknown>

export type MiniProgram = Headwater<MiniProgramOptions> & {
  /** `Page(headwater.wrapPage({ … }))`: sends a page view at each `onShow`, and taps. */
  wrapPage<D extends object>(definition: D): D
}

declare const wx: Wx

/** The tracker of this mini-program. `init` belongs into app.js, above `App({ … })`. */
export const headwater: MiniProgram = createMiniProgram(() => wx)

/** For platforms other than WeChat: `createMiniProgram(() => my)`. */
export function createMiniProgram(platform: () => Wx): MiniProgram {
  const shown: Place = { path: '', query: {}, referrer: '' }
  let taps = false
  const facade = createFacade((options: MiniProgramOptions): Started => {
    taps = options.autocapture?.clicks === true
    return start(platform(), options, shown)
  })
  const view = (page: Shown) => {
    const path = page.route ?? page.__route__ ?? ''
    Object.assign(shown, { referrer: shown.path, path, query: page.options ?? {} })
    facade.page()
  }
  return Object.assign(facade, {
    wrapPage: <D extends object>(definition: D): D =>
      wrapPage(definition, view, (event) => tapped(facade, event, taps)),
  })
}

type Place = { path: string; query: Record<string, string>; referrer: string }

function start(platform: Wx, options: MiniProgramOptions, shown: Place): Started {
  const device = openDevice(platform, options, shown)
  const core = createCore(device, options)
  const arrive = ({ path = '', query = {}, scene }: Entry) => {
    if (!shown.path) Object.assign(shown, { path, query })
    core.arrive(
      touchOf(Object.entries(query), {
        referrer: `scene:${scene ?? ''}`,
        url: path + searchOf(query),
        time: new Date(),
      }),
    )
  }
  return {
    core,
    begin: () => {
      arrive(platform.getLaunchOptionsSync())
      platform.onAppShow((entry) => {
        arrive(entry)
        core.wake()
      })
      // Five seconds later WeChat may suspend us; what is not sent by then waits in the storage.
      platform.onAppHide(() => void core.flush())
      core.wake()
    },
  }
}

function openDevice(platform: Wx, options: MiniProgramOptions, shown: Place): Device {
  let isConnected = true
  const kept = (prefix: string) =>
    options.persistence === 'none' ? memoryStore() : storageOf(platform, prefix)
  const queue = kept(`hw.${options.writeKey}.`)
  const still = stillContext(platform)
  platform.onNetworkStatusChange((state) => {
    isConnected = state.isConnected
  })
  return {
    ids: kept('hw_'),
    queue,
    post: (url, body) => post(platform, url, body),
    beacon: () => false,
    // A mini-program has one logic thread and no tabs.
    exclusive: (work) => work().then(() => true),
    isOnline: () => isConnected,
    context: () => ({
      ...still,
      page: {
        path: shown.path,
        search: searchOf(shown.query),
        url: shown.path + searchOf(shown.query),
        referrer: shown.referrer,
      },
    }),
    random,
  }
}

/** Storage that is full throws; the text is kept in memory then. A missing key reads as ''. */
function storageOf(platform: Wx, prefix: string): Store {
  const spilled = storeIn({})
  const keys = () => attempt(() => platform.getStorageInfoSync().keys) ?? []
  return {
    get: (name) => spilled.get(name) ?? ((platform.getStorageSync(prefix + name) as string) || null),
    set: (name, text) => {
      spilled.remove(name)
      try {
        platform.setStorageSync(prefix + name, text)
      } catch {
        spilled.set(name, text)
      }
    },
    remove: (name) => {
      spilled.remove(name)
      platform.removeStorageSync(prefix + name)
    },
    names: () => [
      ...keys()
        .filter((key) => key.startsWith(prefix))
        .map((key) => key.slice(prefix.length)),
      ...spilled.names(),
    ],
  }
}

const post = (platform: Wx, url: string, data: string): Promise<Answer> =>
  new Promise((resolve) => {
    platform.request({
      url,
      method: 'POST',
      data,
      header: { 'content-type': 'text/plain' },
      timeout: 10_000,
      success: ({ statusCode, header = {} }) => {
        const name = Object.keys(header).find((one) => one.toLowerCase() === 'retry-after')
        resolve({ status: statusCode, retryAfter: name ? Number(header[name]) : undefined })
      },
      fail: () => resolve({ status: 0 }),
    })
  })

/** Mini-programs have no `crypto` without asking the user's device asynchronously: time and 96 bits of Math.random. */
const random = () =>
  Date.now().toString(36) + [1, 2, 3].map(() => Math.floor(Math.random() * 2 ** 32).toString(36)).join('')

const searchOf = (query: Record<string, string>) => {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return pairs.length ? `?${pairs.join('&')}` : ''
}

function stillContext(platform: Wx): Json {
  const system = attempt(() => platform.getSystemInfoSync()) ?? {}
  const app = attempt(() => platform.getAccountInfoSync?.().miniProgram)
  const { language, brand, model, screenWidth, screenHeight, pixelRatio, version, SDKVersion } = system
  return {
    locale: typeof language === 'string' ? language.replace('_', '-') : undefined,
    timezone: attempt(() => Intl.DateTimeFormat().resolvedOptions().timeZone),
    screen: { width: screenWidth, height: screenHeight, density: pixelRatio },
    device: { manufacturer: brand, model },
    os: { name: system.platform, version: system.system },
    userAgent: `MiniProgram/${SDKVersion ?? ''} host/${version ?? ''}`,
    app: app && { namespace: app.appId, version: app.version },
  }
}

// Called by the platform, not by somebody's finger.
const lifeCycle =
  /^on(Load|Show|Ready|Hide|Unload|PullDownRefresh|ReachBottom|Share\w+|PageScroll|Resize|TabItemTap|AddToFavorites|SaveExitState)$/

type Tap = { type?: string; currentTarget?: { id?: string; dataset?: Json } }

/** The same page, which tells when it is shown and where it was tapped. */
function wrapPage<D extends object>(
  definition: D,
  view: (page: Shown) => void,
  tap: (event: Tap) => void,
): D {
  const wrapped = { ...definition } as PageDefinition
  for (const [name, method] of Object.entries(definition))
    if (typeof method === 'function' && !lifeCycle.test(name))
      wrapped[name] = function (this: Shown, ...given: unknown[]) {
        const [event] = given as [Tap | undefined]
        if (event?.type === 'tap') tap(event)
        return (method as Method).apply(this, given)
      }
  const { onShow } = definition as { onShow?: Method }
  wrapped.onShow = function (this: Shown, ...given: unknown[]) {
    view(this)
    return onShow?.apply(this, given)
  }
  return wrapped as D
}

/** `data-hw-event` and `data-hw-prop-level` reach us as `hwEvent` and `hwPropLevel`. */
function tapped(calls: Pick<MiniProgram, 'track'>, { currentTarget = {} }: Tap, all: boolean): void {
  const { id, dataset = {} } = currentTarget
  if ('hwIgnore' in dataset || !(all || dataset.hwEvent)) return
  const marked = Object.entries(dataset).flatMap(([name, value]) => {
    const [, property] = /^hwProp([A-Z].*)$/.exec(name) ?? []
    return property ? [[property.replace(/(?!^)([A-Z])/g, '_$1').toLowerCase(), value]] : []
  })
  calls.track((dataset.hwEvent as string) || 'Element Clicked', {
    id: id || undefined,
    ...Object.fromEntries(marked),
  })
}
