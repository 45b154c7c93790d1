import type { TimelineItem } from '#modules/profiles/contract.ts'
import { personalPatterns } from '#modules/profiles/server/masking/mask-value.ts'
import { behaviour, eventsOfPerson, type PersonUnits } from '#modules/profiles/server/person-events.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import { eventKey, splitKey } from '#modules/profiles/server/timeline/timeline-place.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type {
  TimelineEntry,
  TimelineEventTeller,
  TimelineGroup,
  TimelineQuestion,
} from '#slots/timeline-source.ts'

type Deps = Pick<ProfileDeps, 'ch' | 'personOf' | 'timeline'>

export type EventQuestion = TimelineQuestion & {
  /** Undefined: events of every name, whatever group they are in. */
  eventGroups: ReadonlySet<TimelineGroup> | undefined
  /** Whether identify, group and alias calls are asked for. */
  calls: boolean
  names: readonly string[] | undefined
  /** Values that nobody finds by a part of them who sees them masked; undefined for who sees them. */
  personal: readonly string[] | undefined
}
export type EventEntry = TimelineEntry & { event: Partial<TimelineItem> }

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

/** What came from the person's units, over all identifiers and only while a shared device was theirs. */
export async function eventEntries(
  deps: Deps,
  ctx: WorkspaceCtx,
  units: PersonUnits,
  question: EventQuestion,
): Promise<EventEntry[]> {
  const kinds = kindsOf(question, deps.timeline.tellers)
  if (!kinds) return []
  const { sql, params } = conditionsOf(question)
  const down = question.direction === 'older' ? 'DESC' : 'ASC'
  const rows = await deps.ch.query<EventRow>(
    `SELECT toUnixTimestamp64Milli(time) AS ms, message_id, seq, idx, event, type, properties, context,
       toUnixTimestamp64Milli(received_at) AS received, user_id, anonymous_id
     FROM events WHERE ${eventsOfPerson(deps.personOf, units)} AND ${kinds.sql}${sql}
     ORDER BY time ${down}, message_id ${down}, seq ${down}, idx ${down} LIMIT {page_limit:UInt32}`,
    { ws: ctx.workspace.num, page_limit: question.limit, ...kinds.params, ...params },
    { signal: ctx.signal },
  )
  const entries = rows.map((row) => presentEvent(row, deps.timeline.tellers))
  return question.eventGroups ? tellMore(deps, ctx, entries, rows) : entries
}

/** Which events: by what kind of call they are, and by the groups that names are claimed for. */
function kindsOf(
  { eventGroups: groups, calls }: EventQuestion,
  tellers: readonly TimelineEventTeller[],
): { sql: string; params: Record<string, unknown> } | undefined {
  if (!groups) return { sql: calls ? '1' : behaviour, params: {} }
  const claims = tellers.flatMap(({ claims }) => (claims ? [claims] : []))
  const claimed = claims.flatMap(({ names }) => names)
  const wanted = claims.flatMap(({ group, names }) => (groups.has(group) ? names : []))
  const ways = [
    groups.has('behaviour') ? `(${behaviour} AND event NOT IN {claimed:Array(String)})` : '',
    wanted.length > 0 ? `(${behaviour} AND event IN {wanted:Array(String)})` : '',
    calls ? `NOT ${behaviour}` : '',
  ].filter((way) => way !== '')
  return ways.length === 0 ? undefined : { sql: `(${ways.join(' OR ')})`, params: { claimed, wanted } }
}

function conditionsOf(question: EventQuestion) {
  const conditions: string[] = []
  const params: Record<string, unknown> = {}
  if (question.names) {
    conditions.push('event IN {names:Array(String)}')
    params.names = question.names
  }
  if (question.search) {
    const texts = question.personal ? openProperties(question.personal, params) : 'properties'
    conditions.push(
      `(positionCaseInsensitiveUTF8(event, {search:String}) > 0 OR positionCaseInsensitiveUTF8(${texts}, {search:String}) > 0)`,
    )
    params.search = question.search
  }
  if (question.since !== undefined) {
    conditions.push(`time >= ${moment('since')}`)
    params.since = question.since
  }
  if (question.until !== undefined) {
    conditions.push(`time <= ${moment('until')}`)
    params.until = question.until
  }
  if (question.from) {
    const sign = question.direction === 'older' ? '<' : '>'
    const { messageId, seq, idx } = splitKey(question.from[1])
    // The first alone is one the primary key understands.
    conditions.push(
      `time ${sign}= ${moment('b_time')} AND (time, message_id, seq, idx) ${sign}${question.inclusive ? '=' : ''} (${moment('b_time')}, {b_id:String}, {b_seq:UInt64}, {b_idx:UInt32})`,
    )
    Object.assign(params, { b_time: question.from[0], b_id: messageId, b_seq: seq, b_idx: idx })
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

const moment = (name: string) => `fromUnixTimestamp64Milli({${name}:Int64}, 'UTC')`

function presentEvent(row: EventRow, tellers: readonly TimelineEventTeller[]): EventEntry {
  const did = row.type === 'track' || row.type === 'page' || row.type === 'screen'
  const claim = tellers.find(({ claims }) => did && claims?.names.includes(row.event))?.claims
  const identifiers = [
    { kind: 'user_id', value: row.user_id },
    { kind: 'anonymous_id', value: row.anonymous_id },
  ].filter((id) => id.value !== '')
  return {
    place: [row.ms, eventKey(row.message_id, row.seq, row.idx)],
    group: claim?.group ?? (did ? 'behaviour' : 'system'),
    kind: did ? 'event' : row.type,
    name: row.event,
    properties: JSON.parse(row.properties) as Record<string, unknown>,
    event: {
      id: `${row.seq}:${row.idx}`,
      ...(row.context === '' ? {} : { context: JSON.parse(row.context) as Record<string, unknown> }),
      receivedAt: new Date(row.received).toISOString(),
      identifiers,
    },
  }
}

/** Calls whose message id a module has given say what they were part of. */
async function tellMore(
  deps: Deps,
  ctx: WorkspaceCtx,
  entries: EventEntry[],
  rows: readonly EventRow[],
): Promise<EventEntry[]> {
  const told = [...entries]
  for (const { messages } of deps.timeline.tellers) {
    if (!messages) continue
    const theirs = rows.filter(
      ({ message_id, type }) => type === 'identify' && message_id.startsWith(messages.prefix),
    )
    if (theirs.length === 0) continue
    const found = await messages.tell(
      ctx,
      theirs.map((row) => row.message_id),
    )
    for (const [index, { message_id, type }] of rows.entries()) {
      const more = type === 'identify' ? found.get(message_id) : undefined
      if (more) told[index] = { ...(told[index] as EventEntry), ...more }
    }
  }
  return told
}

/** Which groups the person's events are in. */
export async function groupsOfEvents(
  deps: Deps,
  ctx: WorkspaceCtx,
  units: PersonUnits,
): Promise<TimelineGroup[]> {
  const claims = deps.timeline.tellers.flatMap(({ claims }) => (claims ? [claims] : []))
  const claimed = claims.flatMap(({ names }) => names)
  const rows = await deps.ch.query<{ name: string; did: number }>(
    `SELECT if(event IN {claimed:Array(String)}, event, '') AS name, ${behaviour} AS did
     FROM events WHERE ${eventsOfPerson(deps.personOf, units)} GROUP BY name, did`,
    { ws: ctx.workspace.num, claimed },
    { signal: ctx.signal },
  )
  return rows.map(({ name, did }) => {
    if (!did) return 'system'
    return claims.find(({ names }) => names.includes(name))?.group ?? 'behaviour'
  })
}
