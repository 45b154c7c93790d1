import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { cleanText, cutDeep, isDeep, needsCleaning } from '#modules/collect/server/clean-json.ts'
import { eventRow } from '#modules/collect/server/event-lines.ts'
import { decodeFrames, type Frame } from '#modules/collect/server/log-format.ts'
import { earliestTime, readTime } from '#modules/collect/server/read-time.ts'
import { breathe } from '#platform/breathe.ts'

type Json = Record<string, unknown>

export const itemTypes = ['track', 'page', 'screen', 'identify', 'group', 'alias'] as const
export type ItemType = (typeof itemTypes)[number]

/** One item of the log as we understand it, before deduplication. */
export type Item = {
  seq: number
  idx: number
  sourceId: string
  receivedAt: number
  type: ItemType
  /** Shown name: the event of a track; `Page Viewed`, `Screen Viewed`; else the call's own name. */
  name: string
  messageId: string
  /** Raw client timestamp, for deduplication; null when the item had none. */
  clientTime: number | null
  /** When it happened: the client's time, corrected when the client's clock is ahead. */
  time: number
  userId: string | null
  anonymousId: string | null
  previousId: string | null
  externalIds: { kind: string; value: string }[]
  traits: Json
  /** Its properties as JSON. */
  propertiesText: string
  /** Its row for ClickHouse but for the unit: made here, so that the parsed item need not be kept. */
  row: string
  /** 16 bytes of the message id, a character each. */
  idHash: string
  /** 32 bits over what the caller said, without transport fields that change on a retry. */
  fingerprint: number
}
/** `error`: reading it failed for a reason nobody foresaw. */
export type Rejected = {
  seq: number
  idx: number
  sourceId: string
  receivedAt: number
  reason: string
  error?: string
}
export type Decoded = { ok: true; item: Item } | { ok: false; rejected: Rejected }

export type LogRow = { seq: number; workspace: number; payload: Buffer }

/** All items of a log row, in order. Pure: the same row always reads the same. */
export async function readItems(row: LogRow): Promise<Decoded[]> {
  const decoded: Decoded[] = []
  for (const frame of await decodeFrames(row.payload)) {
    await breathe()
    for (const raw of cleanItems(frame)) {
      const at = { seq: row.seq, idx: decoded.length }
      decoded.push(readSafely(raw, frame, at))
    }
  }
  return decoded
}

/** The items of a frame as they were received, cut where they nest too deeply to be shown. */
export const rawItems = (frame: Frame): unknown[] => frameItems(frame).map(cutDeep)

/** The items of a frame, each complete in itself. */
export const frameItems = (frame: Frame): unknown[] => splitFrame(frame, parse(frame.body.toString('utf8')))

/** What stands in the place of an item that was erased. */
export const erasedItem = { type: '$erased' } as const

function cleanItems(frame: Frame): unknown[] {
  const text = frame.body.toString('utf8')
  const items = splitFrame(frame, parse(text))
  // Items that nest too deeply are rejected anyway; the cleaning walk is recursive.
  return needsCleaning(text) ? items.map((item) => (isDeep(item) ? item : cleanText(item))) : items
}

const parse = (text: string) => JSON.parse(text) as Json

/** One item per call; of a batch each, batch-level `context` merged in as Segment does. */
function splitFrame(frame: Frame, body: Json): unknown[] {
  if (frame.type !== null) return [{ ...body, type: frame.type }]
  const shared = isObject(body.context) ? body.context : undefined
  return (body.batch as unknown[]).map((raw) => {
    if (!isObject(raw)) return raw
    // The items were parsed for us alone, so they are completed in place: copying them took a tenth of the projection.
    if (shared) raw.context = { ...shared, ...(isObject(raw.context) ? raw.context : {}) }
    raw.sentAt ??= body.sentAt
    return raw
  })
}

// Larger than any SDK sends (32 kB), small enough that one item cannot stall the projection.
const maxItemBytes = 256 * 1024

// Bytes, not characters: it is part of an index in Postgres, which takes 2,704 bytes an entry.
const longestMessageId = 1000

/** An item that we fail to read is its own trouble, not that of all behind it. */
function readSafely(raw: unknown, frame: Frame, at: { seq: number; idx: number }): Decoded {
  try {
    return readItem(raw, frame, at)
  } catch (error) {
    const from = { sourceId: frame.sourceId, receivedAt: frame.receivedAt }
    return { ok: false, rejected: { ...at, ...from, reason: 'projection.failed', error: String(error) } }
  }
}

function readItem(raw: unknown, frame: Frame, at: { seq: number; idx: number }): Decoded {
  const from = { sourceId: frame.sourceId, receivedAt: frame.receivedAt }
  const no = (reason: string): Decoded => ({ ok: false, rejected: { ...at, ...from, reason } })
  if (isDeep(raw)) return no('event.too_deep')
  if (!isObject(raw)) return no('event.not_an_object')
  if (raw.type === erasedItem.type) return no('event.erased')
  if (!itemTypes.includes(raw.type as ItemType)) return no('event.unknown_type')
  const type = raw.type as ItemType
  const name = nameOf(type, raw)
  if (name === undefined) return no('event.no_name')
  if (name.length > 500) return no('event.name_too_long')
  const clientTime = readTime(raw.timestamp ?? raw.originalTimestamp)
  if (clientTime === undefined) return no('event.bad_time')
  const messageId = idText(raw.messageId) ?? `log:${at.seq}:${at.idx}`
  if (Buffer.byteLength(messageId) > longestMessageId) return no('event.message_id_too_long')
  const context = isObject(raw.context) ? raw.context : {}
  const traits = withoutLongNames(traitsOf(type, raw, context))
  const properties = propertiesOf(type, raw, traits)
  const propertiesText = JSON.stringify(properties)
  const ids = [type, name, raw.userId, raw.anonymousId, raw.timestamp, raw.groupId, raw.previousId]
  const said = `${JSON.stringify(ids)}${propertiesText}${type === 'identify' ? '' : JSON.stringify(traits)}`
  if (said.length > maxItemBytes || isLarge(context, frame)) return no('event.too_large')
  const item = {
    ...at,
    sourceId: frame.sourceId,
    receivedAt: frame.receivedAt,
    type,
    name,
    messageId,
    clientTime,
    time:
      clientTime === null
        ? frame.receivedAt
        : correctClock(clientTime, readTime(raw.sentAt), frame.receivedAt),
    userId: idText(raw.userId),
    anonymousId: idText(raw.anonymousId),
    previousId: idText(raw.previousId),
    externalIds: externalIdsOf(context),
    traits,
    propertiesText,
    row: '',
    idHash: hash('md5', messageId, 'binary'),
    fingerprint: crc32(said),
  }
  item.row = eventRow(item, properties, context)
  return { ok: true, item }
}

/** The identifiers a raw item names, whether or not it can be stored. */
export function namedBy(
  raw: unknown,
): Pick<Item, 'userId' | 'anonymousId' | 'previousId' | 'externalIds' | 'traits'> {
  const item = isObject(raw) ? raw : {}
  const context = isObject(item.context) ? item.context : {}
  return {
    userId: idText(item.userId),
    anonymousId: idText(item.anonymousId),
    previousId: idText(item.previousId),
    externalIds: externalIdsOf(context),
    traits: traitsOf('identify', item, context),
  }
}

function nameOf(type: ItemType, raw: Json): string | undefined {
  if (type === 'track')
    return typeof raw.event === 'string' && raw.event.trim() !== '' ? raw.event : undefined
  if (type === 'page') return 'Page Viewed'
  if (type === 'screen') return 'Screen Viewed'
  return type
}

/**
 * A `sentAt` after our own clock proves that the client's clock is ahead (a delivery delay only makes it look
 * behind), so only then is the event's time moved, in whole minutes.
 */
function correctClock(time: number, sentAt: number | null | undefined, receivedAt: number): number {
  const ahead = (sentAt ?? receivedAt) - receivedAt
  return ahead > 600_000 ? Math.max(earliestTime, time - Math.round(ahead / 60_000) * 60_000) : time
}

// Measured only in requests so large that one context can be too large.
const isLarge = (context: Json, frame: Frame) =>
  frame.body.length > maxItemBytes && JSON.stringify(context).length > maxItemBytes

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function idText(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

// One for all, as nearly every item has none.
const none: Item['externalIds'] = []

/** Segment's form: `context.externalIds: [{ id, type }]`. */
function externalIdsOf(context: Json): Item['externalIds'] {
  if (!Array.isArray(context.externalIds)) return none
  return context.externalIds.flatMap((entry: unknown) => {
    if (!isObject(entry) || typeof entry.type !== 'string') return []
    const value = idText(entry.id)
    return value === null ? [] : [{ kind: entry.type, value }]
  })
}

/**
 * Traits of an identify; other calls may carry some in `context.traits` (Segment spec). RudderStack's browser SDK
 * sends those of an identify there too, and only there.
 */
function traitsOf(type: ItemType, raw: Json, context: Json): Json {
  const around = isObject(context.traits) ? context.traits : {}
  if (type !== 'identify') return around
  return isObject(raw.traits) ? { ...around, ...raw.traits } : around
}

// Attribute names are indexed in Postgres (2,704 bytes an entry at most); as many characters as `rules` reads of a path.
const longestName = 500

/** A trait with a longer name never becomes an attribute; the raw item keeps it. */
function withoutLongNames(traits: Json): Json {
  const isShort = (name: string) => name.length <= longestName
  if (Object.keys(traits).every(isShort)) return traits
  return Object.fromEntries(Object.entries(traits).filter(([name]) => isShort(name)))
}

function propertiesOf(type: ItemType, raw: Json, traits: Json): Json {
  const properties = isObject(raw.properties) ? raw.properties : {}
  if (type === 'page' || type === 'screen')
    return typeof raw.name === 'string' ? { name: raw.name, ...properties } : properties
  if (type === 'identify') return traits
  if (type === 'group') return { groupId: raw.groupId, ...(isObject(raw.traits) ? raw.traits : {}) }
  if (type === 'alias') return { previousId: raw.previousId, userId: raw.userId }
  return properties
}
