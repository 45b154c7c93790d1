import { type Autocapture, watchElements } from './autocapture.ts'
import { cookieStore, localStore } from './browser-storage.ts'
import { touchOf } from './campaign.ts'
import { type Core, createCore, type Options } from './core.ts'
import type { Answer, Device, Json } from './device.ts'
import { createFacade, type Headwater, type Started } from './facade.ts'
import { exclusively } from './lock.ts'
import { bytesOf } from './outbox.ts'
import { watchPages } from './pages.ts'
import { memoryStore } from './store.ts'

export type BrowserOptions = Options & {
  /** Page views by itself, those of single-page apps too (on). */
  pages?: boolean | 'false' | undefined
  /** Clicks and submitted forms (off), as `{ clicks, forms }` or 'clicks,forms'; elements with `data-hw-event` are always captured. */
  autocapture?: Autocapture | string | undefined
  /** Where the visitor's id lives: `none` is cookieless, with a new id at every load (`cookie`). */
  persistence?: 'cookie' | 'localStorage' | 'none' | undefined
}
export type { Drop } from './outbox.ts'
export type { Headwater }

/** The tracker of this page. Calls may come before `init`; they are kept. */
export const headwater: Headwater<BrowserOptions> = createFacade(start)

function start(options: BrowserOptions): Started {
  let referrer = document.referrer
  const device = openDevice(options, () => referrer)
  const core = createCore(device, options, !!options.respectSignals && isSignalled())

  function view(from?: string) {
    if (from) referrer = from
    else {
      // Some ads, and apps that route by hash, put the parameters behind the `#`.
      const query = new URLSearchParams(`${location.search}&${location.hash.replace(/^.*\?/, '')}`)
      core.arrive(touchOf(query, { referrer, url: location.href, time: new Date() }))
    }
    if (`${options.pages}` !== 'false') core.page()
  }

  function begin() {
    view()
    watchPages(view)
    watchElements(core, options.autocapture)
    watchLeaving(core, view)
    core.wake()
  }

  return {
    core,
    // A page fetched ahead has been seen by nobody yet.
    begin: () =>
      (document as { prerendering?: boolean }).prerendering
        ? document.addEventListener('prerenderingchange', begin, { once: true })
        : begin(),
  }
}

function openDevice(options: BrowserOptions, referrer: () => string): Device {
  const kept = options.persistence !== 'none'
  const lockName = `hw.${options.writeKey}`
  const queue = kept ? localStore(`${lockName}.`) : memoryStore()
  return {
    ids: !kept ? memoryStore() : options.persistence === 'localStorage' ? localStore('hw_') : cookieStore(),
    queue,
    exclusive: exclusively(lockName, queue, random()),
    post,
    beacon: (url, body) => navigator.sendBeacon(url, body),
    isOnline: () => navigator.onLine && !handsOver,
    context: () => readContext(referrer()),
    random,
  }
}

const random = () =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('')

async function post(url: string, body: string): Promise<Answer> {
  try {
    // Plain text needs no preflight. `keepalive` outlives the page, but takes no more than 64 kB.
    const { status, headers } = await fetch(url, {
      method: 'POST',
      body,
      keepalive: bytesOf(body) < 64_000,
      // Older browsers have a time-out of their own only.
      signal: AbortSignal.timeout?.(10_000) ?? null,
    })
    return { status, retryAfter: Number(headers.get('retry-after')) }
  } catch {
    return { status: 0 } // sent again later
  }
}

/** The next page of this origin finds the queue and sends it: what this one sends until it is gone would be sent twice. */
let handsOver = false

function watchLeaving(core: Core, view: () => void): void {
  ;(window as { navigation?: EventTarget }).navigation?.addEventListener('navigate', (event) => {
    const { url, sameDocument } = (
      event as unknown as { destination: { url: string; sameDocument: boolean } }
    ).destination
    if (sameDocument) return
    handsOver = url.startsWith(`${origin}/`)
    setTimeout(() => {
      // It was a download, or somebody stopped it: this page goes on.
      handsOver = false
      core.flush()
    }, 10_000)
  })
  addEventListener('pagehide', core.leave)
  // Often the last that a phone's browser tells; the page still lives and hears the answer.
  document.addEventListener('visibilitychange', core.flush)
  addEventListener('online', core.wake)
  addEventListener('pageshow', (event) => {
    // Back to a page the browser had kept whole: seen again, and no script runs anew.
    if (!event.persisted) return
    handsOver = false
    view()
    core.wake()
  })
}

/** "Do not track", and Global Privacy Control. */
const isSignalled = () =>
  navigator.doNotTrack === '1' || !!(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl

function readContext(referrer: string): Json {
  const { href, pathname, search } = location
  const { width, height } = screen
  return {
    page: { path: pathname, search, url: href, title: document.title, referrer },
    referrer: referrer ? { url: referrer } : undefined,
    userAgent: navigator.userAgent,
    locale: navigator.language,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    screen: { width, height, density: devicePixelRatio },
  }
}
