import type { Answer, Device } from './device.ts'
import type { Store } from './store.ts'

export type Drop = { reason: 'refused' | 'full'; status?: number; messages: number }

export type OutboxOptions = {
  writeKey: string
  host: string
  /** Bytes that may wait; beyond that the oldest go. */
  maxQueueBytes: number
  flushMs: number
  maySend: () => boolean
  onDrop: (drop: Drop) => void
}

export type Outbox = {
  add(message: object): void
  flush(): Promise<void> | undefined
  /** The page goes away: what this page still holds is handed to the browser. */
  leave(): void
  /** The network is back, or the page: no reason to wait any longer. */
  wake(): void
}

// Browsers take 64 kB of beacons and keep-alive requests at a time.
const batchBytes = 60_000
const batchItems = 50
const longestPause = 300_000
// Until when the server told every page to wait. Messages begin with a digit.
const pauseName = '!p'

/**
 * Every message is an entry of its own in the shared store, so pages never overwrite each other's; it leaves the
 * store when the server has said what became of it. The server knows a message again by its id.
 */
export function createOutbox(device: Device, store: Store, options: OutboxOptions): Outbox {
  const url = `${options.host}/v1/batch`
  const me = device.random()
  const handedOver = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let sending: Promise<void> | undefined
  let fails = 0
  let notBefore = 0
  let most = batchItems
  let count = 0
  let bytesLeft = -1

  const waiting = () =>
    store
      .names()
      .filter((name) => name > '0')
      .sort()

  function add(message: object): void {
    const text = JSON.stringify(message)
    store.set(`${Date.now()}-${1e6 + count++}-${me}`, text)
    bytesLeft -= bytesOf(text)
    if (bytesLeft < 0) makeRoom()
    later(options.flushMs)
  }

  /** Other pages write too, so the sum is taken anew whenever the room seems to be used up. */
  function makeRoom(): void {
    let messages = 0
    bytesLeft = options.maxQueueBytes
    for (const name of waiting().reverse()) {
      const size = bytesOf(store.get(name) ?? '')
      if (size > bytesLeft) {
        store.remove(name)
        messages++
      } else bytesLeft -= size
    }
    if (messages) options.onDrop({ reason: 'full', messages })
  }

  function next(whose = ''): { names: string[]; body: string } | undefined {
    const names: string[] = []
    let items = ''
    let size = 0
    for (const name of waiting()) {
      const text = !handedOver.has(name) && name.endsWith(whose) && store.get(name)
      if (!text) continue
      size += bytesOf(text) + 1
      if (names.length && (names.length >= most || size > batchBytes)) break
      items += (names.length ? ',' : '') + text
      names.push(name)
    }
    const head = `"writeKey":"${options.writeKey}","sentAt":"${new Date().toISOString()}"`
    return names.length ? { names, body: `{${head},"batch":[${items}]}` } : undefined
  }

  function later(ms: number): void {
    timer ??= setTimeout(() => {
      timer = undefined
      void flush()
    }, ms)
  }

  const pausedFor = () =>
    Math.min(Math.max(notBefore, Number(store.get(pauseName) ?? 0)) - Date.now(), longestPause)

  function flush(): Promise<void> | undefined {
    // Nothing to send is nothing under way: what is added in the next moment must not wait for it.
    if (next())
      sending ??= send().finally(() => {
        sending = undefined
      })
    return sending
  }

  async function send(): Promise<void> {
    while (next() && options.maySend() && device.isOnline()) {
      if (pausedFor() > 0) return later(pausedFor())
      // Whoever sends now takes ours along; we look again, should they go away.
      if (!(await device.exclusive(sendOne))) return later(2000)
    }
  }

  async function sendOne(): Promise<void> {
    const batch = next()
    if (!batch) return
    for (const name of batch.names) handedOver.add(name)
    const answer = await device.post(url, batch.body)
    for (const name of batch.names) handedOver.delete(name)
    settle(batch.names, answer)
  }

  function settle(names: string[], { status, retryAfter }: Answer): void {
    if (!status || status === 408 || status === 429 || status >= 500) {
      pause(retryAfter)
      return
    }
    fails = 0
    if ((status === 400 || status === 413) && names.length > 1) {
      // One is broken, or they are too many: the others shall not suffer for it.
      most = Math.ceil(names.length / 2)
      return
    }
    for (const name of names) store.remove(name)
    if (status < 400) return
    most = batchItems
    options.onDrop({ reason: 'refused', status, messages: names.length })
  }

  function pause(retryAfter: number | undefined): void {
    const ms = retryAfter
      ? retryAfter * 1000
      : Math.min(1000 * 2 ** fails++, 60_000) * (0.5 + Math.random() / 2)
    notBefore = Date.now() + ms
    // The server means every page; a lost connection is this page's own.
    if (retryAfter) store.set(pauseName, `${notBefore}`)
  }

  function leave(): void {
    if (!options.maySend() || !device.isOnline() || pausedFor() > 0) return
    for (let batch = next(me); batch && device.beacon(url, batch.body); batch = next(me))
      // No answer will come, so they stay in the store; when they are sent again, the server knows them.
      for (const name of batch.names) handedOver.add(name)
  }

  function wake(): void {
    if (!sending) handedOver.clear()
    fails = notBefore = 0
    clearTimeout(timer)
    timer = undefined
    void flush()
  }

  return { add, flush, leave, wake }
}

/** Bytes of a JSON text in UTF-8. Mini-programs have no TextEncoder. */
export const bytesOf = (text: string): number => encodeURI(text).replace(/%../g, '.').length
