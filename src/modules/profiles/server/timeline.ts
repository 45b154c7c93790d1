import type { z } from 'zod'
import type { routes, TimelineItem } from '#modules/profiles/contract.ts'
import { loadDecisions } from '#modules/profiles/server/list-decisions.ts'
import type { Mask } from '#modules/profiles/server/masking/mask.ts'
import { maskOfPerson } from '#modules/profiles/server/masking/mask-of-person.ts'
import { personalPatterns } from '#modules/profiles/server/masking/mask-value.ts'
import {
  behaviour,
  eventsOfPerson,
  type PersonUnits,
  unitsOfPerson,
} from '#modules/profiles/server/person-events.ts'
import { personNumber } from '#modules/profiles/server/person-numbers.ts'
import type { ReadDeps } from '#modules/profiles/server/profile-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'

type Query = z.infer<typeof routes.timeline.query>
/** Values that nobody finds by a part of them who sees them masked; undefined for who sees them. */
type EventQuery = Query & { personal: readonly string[] | undefined }
/** Place in the one order of everything: time, then message id; the log position only tells equals apart. */
type Place = [time: number, messageId: string, seq: number, idx: number]
type Entry = { place: Place; item: TimelineItem }
type EventRow = {
  ms: number
  message_id: string
  seq: number
  idx: number
  event: string
  type: 'track' | 'page' | 'screen' | 'identify' | 'group' | 'alias'
  properties: string
  context: string
  received: number
  user_id: string
  anonymous_id: string
}

/** Everything a person did, over all identifiers and only while a shared device was theirs; newest first. */
export async function timeline(deps: ReadDeps, ctx: WorkspaceCtx, publicId: string, query: Query) {
  const before = placeOf(query.cursor)
  const person = await personNumber(deps, ctx, publicId)
  const { units, mask, personal } = await deps.database.read(ctx, async (tx) => ({
    units: await unitsOfPerson(tx, person),
    ...(await maskOfPerson(tx, ctx, person)),
  }))
  const events = await readEvents(deps, ctx, units, { ...query, personal }, before)
  const decisions = await readDecisions(deps, ctx, units, query, before)
  const entries = [...events, ...decisions].sort((a, b) => comparePlaces(b.place, a.place))
  const page = entries.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: page.map(({ item }) => maskItem(mask, item)),
    next: entries.length > query.limit && last ? encodeCursor(last.place) : null,
  }
}

async function readEvents(
  deps: ReadDeps,
  ctx: WorkspaceCtx,
  units: PersonUnits,
  query: EventQuery,
  before?: Place,
) {
  const { sql, params } = conditionsOf(query, before)
  const rows = await deps.ch.query<EventRow>(
    `SELECT toUnixTimestamp64Milli(time) AS ms, message_id, seq, idx, event, type, properties, context,
       toUnixTimestamp64Milli(received_at) AS received, user_id, anonymous_id
     FROM events WHERE ${eventsOfPerson(deps.personOf, units)}${sql}
     ORDER BY time DESC, message_id DESC, seq DESC, idx DESC LIMIT {page_limit:UInt32}`,
    { ws: ctx.workspace.num, page_limit: query.limit + 1, ...params },
  )
  return rows.map((row): Entry => ({ place: [row.ms, row.message_id, row.seq, row.idx], item: present(row) }))
}

function conditionsOf(query: EventQuery, before: Place | undefined) {
  const conditions: string[] = []
  const params: Record<string, unknown> = {}
  if (query.include === 'events') conditions.push(behaviour)
  const names = namesOf(query)
  if (names) {
    conditions.push('event IN {names:Array(String)}')
    params.names = names
  }
  if (query.search) {
    const texts = query.personal ? openProperties(query.personal, params) : 'properties'
    conditions.push(
      `(positionCaseInsensitiveUTF8(event, {search:String}) > 0 OR positionCaseInsensitiveUTF8(${texts}, {search:String}) > 0)`,
    )
    params.search = query.search.toWellFormed()
  }
  if (query.from) {
    conditions.push(`time >= ${moment('from')}`)
    params.from = Date.parse(query.from)
  }
  if (query.to) {
    conditions.push(`time <= ${moment('to')}`)
    params.to = Date.parse(query.to)
  }
  if (before) {
    conditions.push(
      `time <= ${moment('b_time')} AND (time, message_id, seq, idx) < (${moment('b_time')}, {b_id:String}, {b_seq:UInt64}, {b_idx:UInt32})`,
    )
    Object.assign(params, { b_time: before[0], b_id: before[1], b_seq: before[2], b_idx: before[3] })
  }
  return { sql: conditions.map((one) => ` AND ${one}`).join(''), params }
}

/** The text of the properties without what is personal in it. */
function openProperties(personal: readonly string[], params: Record<string, unknown>): string {
  params.personal = personal.map((value) => JSON.stringify(value.toWellFormed()).slice(1, -1))
  const known = `arrayFold((text, value) -> replaceAll(text, value, '*'), {personal:Array(String)}, properties)`
  return personalPatterns.reduce((text, pattern, at) => {
    params[`pattern_${at}`] = pattern
    return `replaceRegexpAll(${text}, {pattern_${at}:String}, '*')`
  }, known)
}

function maskItem(mask: Mask, item: TimelineItem): TimelineItem {
  if (mask.full) return item
  return {
    ...item,
    name: mask.text(item.name),
    properties: mask.json(item.properties),
    ...(item.context ? { context: mask.json(item.context) } : {}),
    ...(item.identifiers ? { identifiers: item.identifiers.map(mask.identifier) } : {}),
  }
}

const moment = (name: string) => `fromUnixTimestamp64Milli({${name}:Int64}, 'UTC')`

/** A single text with commas is a list, or the one event that is called so: both are looked for. */
function namesOf({ names }: Query): string[] | undefined {
  if (names === undefined || names === '') return undefined
  if (typeof names !== 'string') return names.map((name) => name.toWellFormed())
  const parts = names.split(',').map((name) => name.trim())
  return [names, ...parts].filter((name) => name !== '').map((name) => name.toWellFormed())
}

function present(row: EventRow): TimelineItem {
  const did = row.type === 'track' || row.type === 'page' || row.type === 'screen'
  const identifiers = [
    { kind: 'user_id', value: row.user_id },
    { kind: 'anonymous_id', value: row.anonymous_id },
  ].filter((id) => id.value !== '')
  return {
    type: did ? 'event' : (row.type as 'identify' | 'group' | 'alias'),
    id: `${row.seq}:${row.idx}`,
    name: row.event,
    time: new Date(row.ms).toISOString(),
    properties: JSON.parse(row.properties) as Record<string, unknown>,
    ...(row.context === '' ? {} : { context: JSON.parse(row.context) as Record<string, unknown> }),
    receivedAt: new Date(row.received).toISOString(),
    identifiers,
  }
}

/** Merges and partings stand in the same order; they have no name or text to filter by. */
async function readDecisions(
  deps: ReadDeps,
  ctx: WorkspaceCtx,
  units: PersonUnits,
  query: Query,
  before?: Place,
) {
  if (query.include !== 'system' || namesOf(query) || query.search) return []
  const decisions = await deps.database.read(ctx, (tx) =>
    loadDecisions(tx, [...units.own, ...units.shared], ctx.language),
  )
  return decisions
    .map(
      (one): Entry => ({
        place: [Date.parse(one.time), one.id, 0, 0],
        item: {
          type: one.type,
          id: one.id,
          name: one.type,
          time: one.time,
          properties: { by: one.by },
          identifiers: one.identifiers,
        },
      }),
    )
    .filter(({ place }) => !before || comparePlaces(place, before) < 0)
    .filter(({ place }) => !query.from || place[0] >= Date.parse(query.from))
    .filter(({ place }) => !query.to || place[0] <= Date.parse(query.to))
}

/** As ClickHouse compares: text by its UTF-8 bytes. */
function comparePlaces(a: Place, b: Place): number {
  return a[0] - b[0] || Buffer.compare(Buffer.from(a[1]), Buffer.from(b[1])) || a[2] - b[2] || a[3] - b[3]
}

function placeOf(cursor: string | undefined): Place | undefined {
  const key = decodeCursor(cursor, 4)
  if (!key) return undefined
  const [time, messageId, seq, idx] = key
  if ([time, seq, idx].every(Number.isSafeInteger) && typeof messageId === 'string')
    return key as unknown as Place
  throw new AppError(
    'request.bad_cursor',
    'invalid',
    'This cursor is not one of ours; start again without it.',
  )
}
