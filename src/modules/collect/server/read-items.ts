import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { decodeFrames, type Frame } from '#modules/collect/server/log-format.ts'

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
  properties: Json
  context: Json
  /** 16 bytes of the message id. */
  idHash: Buffer
  /** 32 bits over what the caller said, without transport fields that change on a retry. */
  fingerprint: number
}
export type Rejected = { seq: number; idx: number; reason: string }
export type Decoded = { ok: true; item: Item } | { ok: false; rejected: Rejected }

export type LogRow = { seq: number; workspace: number; payload: Buffer }

/** All items of a log row, in order. Pure: the same row always reads the same. */
export async function readItems(row: LogRow): Promise<Decoded[]> {
  const decoded: Decoded[] = []
  for (const frame of await decodeFrames(row.payload)) {
    for (const raw of rawItems(frame)) {
      const at = { seq: row.seq, idx: decoded.length }
      decoded.push(readItem(raw, frame, at))
    }
  }
  return decoded
}

/** The raw items of a frame, batch-level `context` and `integrations` merged in as Segment does. */
export function rawItems(frame: Frame): unknown[] {
  const body = JSON.parse(frame.body.toString('utf8')) as Json
  if (frame.type !== null) return [{ ...body, type: frame.type }]
  const shared = isObject(body.context) ? body.context : undefined
  return (body.batch as unknown[]).map((raw) => {
    if (!isObject(raw)) return raw
    const context = shared ? { ...shared, ...(isObject(raw.context) ? raw.context : {}) } : raw.context
    return { ...raw, context, sentAt: raw.sentAt ?? body.sentAt }
  })
}

// Larger than any SDK sends (32 kB), small enough that one item cannot stall the projection.
const maxItemBytes = 256 * 1024

function readItem(raw: unknown, frame: Frame, at: { seq: number; idx: number }): Decoded {
  const no = (reason: string): Decoded => ({ ok: false, rejected: { ...at, reason } })
  if (!isObject(raw)) return no('event.not_an_object')
  if (!itemTypes.includes(raw.type as ItemType)) return no('event.unknown_type')
  const type = raw.type as ItemType
  const name = nameOf(type, raw)
  if (name === undefined) return no('event.no_name')
  if (name.length > 500) return no('event.name_too_long')
  const clientTime = readTime(raw.timestamp ?? raw.originalTimestamp)
  if (clientTime === undefined) return no('event.bad_time')
  const messageId =
    typeof raw.messageId === 'string' && raw.messageId !== '' ? raw.messageId : `${at.seq}:${at.idx}`
  if (messageId.length > 1000) return no('event.message_id_too_long')
  const said = JSON.stringify([
    raw.type,
    raw.event ?? raw.name,
    raw.userId,
    raw.anonymousId,
    raw.timestamp,
    raw.properties,
    raw.traits,
    raw.groupId,
    raw.previousId,
  ])
  if (said.length > maxItemBytes) return no('event.too_large')
  const context = isObject(raw.context) ? raw.context : {}
  return {
    ok: true,
    item: {
      ...at,
      sourceId: frame.sourceId,
      receivedAt: frame.receivedAt,
      type,
      name,
      messageId,
      clientTime,
      time: correctClock(clientTime ?? frame.receivedAt, readTime(raw.sentAt) ?? null, frame.receivedAt),
      userId: idText(raw.userId),
      anonymousId: idText(raw.anonymousId),
      previousId: idText(raw.previousId),
      externalIds: externalIdsOf(context),
      traits: traitsOf(type, raw, context),
      properties: propertiesOf(type, raw),
      context,
      idHash: hash('md5', messageId, 'buffer'),
      fingerprint: crc32(said),
    },
  }
}

function nameOf(type: ItemType, raw: Json): string | undefined {
  if (type === 'track')
    return typeof raw.event === 'string' && raw.event.trim() !== '' ? raw.event : undefined
  if (type === 'page') return 'Page Viewed'
  if (type === 'screen') return 'Screen Viewed'
  return type
}

const earliest = Date.UTC(1970, 0, 1)
const latest = Date.UTC(2200, 0, 1)

/** Milliseconds; null when absent, undefined when it is there but no time. */
function readTime(value: unknown): number | null | undefined {
  if (value === undefined || value === null || value === '') return null
  const time =
    typeof value === 'number'
      ? value < 1e11
        ? value * 1000
        : value
      : typeof value === 'string'
        ? Date.parse(value)
        : Number.NaN
  return time >= earliest && time < latest ? Math.trunc(time) : undefined
}

/**
 * A `sentAt` after our own clock proves that the client's clock is ahead (a delivery delay only makes it look
 * behind), so only then is the event's time moved, in whole minutes.
 */
function correctClock(time: number, sentAt: number | null, receivedAt: number): number {
  const ahead = sentAt === null ? 0 : sentAt - receivedAt
  return ahead > 600_000 ? time - Math.round(ahead / 60_000) * 60_000 : time
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function idText(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

/** Segment's form: `context.externalIds: [{ id, type }]`. */
function externalIdsOf(context: Json): Item['externalIds'] {
  if (!Array.isArray(context.externalIds)) return []
  return context.externalIds.flatMap((entry: unknown) => {
    if (!isObject(entry) || typeof entry.type !== 'string') return []
    const value = idText(entry.id)
    return value === null ? [] : [{ kind: entry.type, value }]
  })
}

/** Traits of an identify; other calls may carry some in `context.traits` (Segment spec). */
function traitsOf(type: ItemType, raw: Json, context: Json): Json {
  if (type === 'identify') return isObject(raw.traits) ? raw.traits : {}
  return isObject(context.traits) ? context.traits : {}
}

function propertiesOf(type: ItemType, raw: Json): Json {
  const properties = isObject(raw.properties) ? raw.properties : {}
  if (type === 'page' || type === 'screen')
    return typeof raw.name === 'string' ? { name: raw.name, ...properties } : properties
  if (type === 'identify') return isObject(raw.traits) ? raw.traits : {}
  if (type === 'group') return { groupId: raw.groupId, ...(isObject(raw.traits) ? raw.traits : {}) }
  if (type === 'alias') return { previousId: raw.previousId, userId: raw.userId }
  return properties
}
