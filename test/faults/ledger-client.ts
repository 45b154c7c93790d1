import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

type Item = Record<string, unknown> & { messageId: string }
type Batch = { items: Item[] }
export type Tally = {
  acknowledged: number
  refused: Map<number, number>
  failed: number
  missingRetryAfter: number
}

/** Sends what a careful SDK would: the same ids again until a 2xx, which is written down and fsynced before going on. */
export type LedgerClient = {
  tally: Tally
  /** Ids answered 2xx, read back from the file. */
  acknowledged(): Set<string>
  /** Every id ever sent. */
  sent: Set<string>
  stop(): Promise<void>
}

export type ClientOptions = {
  url: string
  writeKey: string
  ledger: string
  senders?: number
  seed?: number
  pauseMs?: number
  /** Random text added to every item, which does not compress. */
  paddingBytes?: number
}

export function startClient(options: ClientOptions): LedgerClient {
  const file = openSync(options.ledger, 'a')
  const random = generator(options.seed ?? 1)
  const sent = new Set<string>()
  const tally: Tally = { acknowledged: 0, refused: new Map(), failed: 0, missingRetryAfter: 0 }
  const authorization = `Basic ${Buffer.from(`${options.writeKey}:`).toString('base64')}`
  let stopping = false
  let made = 0

  function nextBatch(): Batch {
    const items = Array.from({ length: 1 + Math.floor(random() * 40) }, () => padded(anItem(made++, random)))
    for (const item of items) sent.add(item.messageId)
    // The same item twice in one batch, as a broken client does.
    if (random() < 0.2) items.push(items[0] as Item)
    return { items }
  }

  const padded = (item: Item): Item =>
    options.paddingBytes
      ? { ...item, context: { padding: randomBytes(options.paddingBytes / 2).toString('hex') } }
      : item

  async function post({ items }: Batch): Promise<boolean> {
    try {
      const reply = await fetch(`${options.url}/v1/batch`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ batch: items }),
        signal: AbortSignal.timeout(15_000),
      })
      await reply.arrayBuffer()
      if (reply.ok) return true
      tally.refused.set(reply.status, (tally.refused.get(reply.status) ?? 0) + 1)
      if (!reply.headers.has('retry-after')) tally.missingRetryAfter++
    } catch {
      tally.failed++ // refused, reset or timed out: nobody knows whether it arrived
    }
    return false
  }

  function writeDown({ items }: Batch): void {
    writeSync(file, `${items.map((item) => item.messageId).join('\n')}\n`)
    fsyncSync(file)
    tally.acknowledged += items.length
  }

  async function sendOne(): Promise<void> {
    const batch = nextBatch()
    while (!(await post(batch))) {
      if (stopping) return
      await sleep(50)
    }
    writeDown(batch)
    // A repeat of what was acknowledged: an SDK whose answer got lost.
    if (random() < 0.15 && (await post(batch))) tally.acknowledged += batch.items.length
  }

  const senders = Array.from({ length: options.senders ?? 4 }, async () => {
    while (!stopping) {
      await sendOne()
      if (options.pauseMs) await sleep(options.pauseMs)
    }
  })
  return {
    tally,
    sent,
    acknowledged: () => new Set(readFileSync(options.ledger, 'utf8').split('\n').filter(Boolean)),
    stop: async () => {
      stopping = true
      await Promise.all(senders)
      closeSync(file)
    },
  }
}

/** Waits for this many more. */
export async function untilAcknowledged(client: LedgerClient, more: number): Promise<void> {
  const wanted = client.tally.acknowledged + more
  for (const deadline = Date.now() + 60_000; client.tally.acknowledged < wanted; await sleep(20))
    if (Date.now() > deadline) throw new Error('nothing is acknowledged any more')
}

/** People that log in late, share devices and give mail addresses, so that identity changes all the time. */
function anItem(n: number, random: () => number): Item {
  const user = `u${Math.floor(random() * 300)}`
  const device = `d${Math.floor(random() * 200)}`
  const base = {
    messageId: `m-${n}`,
    timestamp: new Date(Date.UTC(2026, 1, 1 + (n % 60)) + n * 1000).toISOString(),
  }
  const kind = random()
  if (kind < 0.15)
    return {
      ...base,
      type: 'identify',
      userId: user,
      anonymousId: device,
      traits: { email: `${user}@x.com`, n },
    }
  if (kind < 0.5) return { ...base, type: 'track', event: 'Lesson Started', userId: user, properties: { n } }
  return { ...base, type: 'track', event: 'Page Seen', anonymousId: device, properties: { n } }
}

/** mulberry32: small, seeded, good enough to be anything but regular. */
export function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
