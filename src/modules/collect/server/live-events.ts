import { sql } from 'kysely'
import type { z } from 'zod'
import { type SourceNames, scopeInClickHouse } from '#modules/access/index.ts'
import type { LiveEvent, Outcome, routes } from '#modules/collect/contract.ts'
import { decodeFrames } from '#modules/collect/server/log-format.ts'
import { outcomeOf } from '#modules/collect/server/log-store.ts'
import { type Decoded, rawItems, readItems } from '#modules/collect/server/read-items.ts'
import { reasonText } from '#modules/collect/server/reject-reasons.ts'
import {
  type Guess,
  type Mask,
  type PersonIds,
  personIdsOf,
  type Recogniser,
} from '#modules/profiles/index.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Database, Tx } from '#platform/pg/database.ts'
import type { EventFault, EventJudge } from '#slots/event-judge.ts'
import type { ToldSource } from '#slots/source-teller.ts'

type LiveQuery = z.infer<typeof routes.live.query>
type LogRow = {
  seq: number
  receivedAt: Date
  payload: Buffer
  outcomes: Buffer | null
  failed: Record<string, true> | null
}
type Deps = {
  database: Database
  ch: ClickHouse
  recogniser: Pick<Recogniser, 'identifiersReader'>
  personIds: PersonIds
  sourceNames: SourceNames
  mask: (ctx: WorkspaceCtx) => Promise<Mask>
  ask: (ctx: WorkspaceCtx, guesses: readonly Guess[]) => Promise<void>
  judge?: EventJudge | undefined
}
type Found = { event: LiveEvent; decoded: Decoded }
/** What one answer needs; nothing of it is the projector's. */
type View = {
  mask: Mask
  seesAll: boolean
  /** Those of the people, by public id, whom the reader's data scope shows. */
  visible: (people: readonly string[]) => Promise<ReadonlySet<string>>
  personIds: PersonIds
  judge: EventJudge | undefined
  sourcesOf: (ids: readonly string[]) => Promise<ReadonlyMap<string, ToldSource>>
  identifiersOf: Awaited<ReturnType<Recogniser['identifiersReader']>>
}

// A filter that matches little must not read the whole log in one request; `next` goes on from there.
const rowsPerRequest = 300

/** Newest items of the log first, each with what became of it. */
export async function listLiveEvents(deps: Deps, ctx: WorkspaceCtx, query: LiveQuery) {
  const after = position(query.after)
  const before = position(query.before)
  const mask = await deps.mask(ctx)
  // A whole mail address or number finds what came of it, though the answer shows it masked.
  if (query.search) await deps.ask(ctx, [{ kind: 'search', value: query.search }])
  return deps.database.read(ctx, async (tx) => {
    const view: View = {
      mask,
      seesAll: ctx.scope.all,
      visible: (people) => visiblePeople(deps, ctx, people),
      personIds: deps.personIds,
      judge: deps.judge,
      sourcesOf: rememberSources((ids) => deps.sourceNames(tx, ctx, ids)),
      identifiersOf: await deps.recogniser.identifiersReader(tx, tx.workspace),
    }
    const found: Found[] = []
    let last: string | null = null
    let read = 0
    for await (const row of logRows(tx, before?.seq, after?.seq)) {
      read++
      for (const one of (await eventsOf(view, tx, row)).reverse()) {
        if (before && !isOlder(one.event.id, before)) continue
        if (after && !isOlder(query.after as string, position(one.event.id) as Position)) continue
        last = one.event.id
        const event = masked(view, one)
        if (matches(event, query) || isWhole(one.event, query)) found.push({ ...one, event })
        if (found.length === query.limit) return answer(tx, view, found, last)
      }
      if (read === rowsPerRequest) return answer(tx, view, found, last)
    }
    return answer(tx, view, found, null)
  })
}

/** Batches of one answer mostly come from the same few sources. */
function rememberSources(ask: (ids: readonly string[]) => Promise<(id: string) => ToldSource>) {
  const known = new Map<string, ToldSource>()
  return async (ids: readonly string[]) => {
    const fresh = ids.filter((id) => !known.has(id))
    if (fresh.length > 0) {
      const sourceOf = await ask(fresh)
      for (const id of fresh) known.set(id, sourceOf(id))
    }
    return known
  }
}

async function* logRows(tx: Tx, below?: number, above?: number): AsyncGenerator<LogRow> {
  let upTo = below ?? Number.MAX_SAFE_INTEGER
  for (;;) {
    const rows = await tx.rows<LogRow>(sql`
      select l.seq, l.received_at as "receivedAt", l.payload, v.outcomes,
        (select json_object_agg(f.idx, true) from collect.failed_item f where f.seq = l.seq) as failed from collect.log_batch l
      left join collect.verdict v using (seq)
      where l.workspace_id = ${tx.workspace} and l.seq <= ${upTo} and l.seq >= ${above ?? 0} order by l.seq desc limit 20`)
    yield* rows
    if (rows.length < 20) return
    upTo = (rows.at(-1)?.seq as number) - 1
  }
}

async function eventsOf(view: View, tx: Tx, row: LogRow) {
  const decoded = await readItems({ seq: row.seq, workspace: tx.workspace, payload: row.payload })
  const frames = await decodeFrames(row.payload)
  const raws = frames.flatMap((frame) => rawItems(frame).map((raw) => ({ raw, frame })))
  const blocked = await blockedItems(view, tx, row, decoded)
  const sources = await view.sourcesOf(frames.map((frame) => frame.sourceId))
  return decoded.map((one, idx) => {
    const { raw, frame } = raws[idx] as (typeof raws)[number]
    const faults = blocked.get(idx)
    const outcome: Outcome = row.outcomes ? outcomeOf(row.outcomes[idx] as number) : 'pending'
    const known = row.failed?.[idx] ? 'projection.failed' : reasonOf(view, one, outcome)
    const reason = faults && view.judge ? view.judge.reason : known
    const item = one.ok ? one.item : undefined
    const said = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>
    const event: LiveEvent = {
      id: `${row.seq}:${idx}`,
      receivedAt: new Date(frame.receivedAt).toISOString(),
      outcome,
      reason,
      reasonText: reason === null ? null : reasonText(reason),
      ...(faults ? { faults: [...faults] } : {}),
      type: text(said.type),
      name: item?.name ?? text(said.event),
      profileId: null,
      source: sources.get(frame.sourceId) as ToldSource,
      userId: text(said.userId),
      anonymousId: text(said.anonymousId),
      messageId: text(said.messageId),
      raw,
    }
    return { event, decoded: one }
  })
}

/** Items that could have been stored but for the judge, with what it has against them. */
async function blockedItems(
  { judge, identifiersOf }: View,
  tx: Tx,
  { seq, outcomes, failed }: LogRow,
  decoded: readonly Decoded[],
): Promise<Map<number, readonly EventFault[]>> {
  const refused = decoded.flatMap((one, idx) => {
    const isRefused = outcomes && outcomeOf(outcomes[idx] as number) === 'rejected' && !failed?.[idx]
    return one.ok && isRefused && identifiersOf(one.item).length > 0 ? [{ item: one.item, idx }] : []
  })
  if (!judge || refused.length === 0) return new Map()
  const explain = await judge.explainer(tx, seq)
  const explained = refused.map(({ item, idx }) => [idx, explain(item)] as const)
  return new Map(explained.filter(([, faults]) => faults.length > 0))
}

function reasonOf(view: View, one: Decoded, outcome: Outcome): string | null {
  if (!one.ok) return one.rejected.reason
  if (outcome === 'conflict') return 'event.conflict'
  if (outcome === 'duplicate') return 'event.duplicate'
  if (outcome !== 'rejected') return null
  return view.identifiersOf(one.item).length === 0 ? 'event.no_identifier' : 'event.rejected'
}

/** An item is its person's: who does not see the person does not see what they sent. */
async function visiblePeople(
  deps: Pick<Deps, 'ch' | 'personIds'>,
  ctx: WorkspaceCtx,
  people: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ctx.scope.all || people.length === 0) return new Set(people)
  const { num } = ctx.workspace
  const scope = scopeInClickHouse(ctx.scope)
  const persons = people.map((id) => deps.personIds.decode(num, id) ?? 0)
  const rows = await deps.ch.query<{ person: number }>(
    `SELECT person FROM people FINAL
     WHERE ws = {ws:UInt32} AND deleted = 0 AND person IN {persons:Array(UInt64)} AND ${scope.sql}`,
    { ws: num, persons, ...scope.params },
  )
  const seen = new Set(rows.map((row) => row.person))
  return new Set(people.filter((_, at) => seen.has(persons[at] as number)))
}

/** The people behind the events, looked up once for the page. */
async function answer(tx: Tx, view: View, found: Found[], next: string | null) {
  const strongest = found.map(({ decoded }) => (decoded.ok ? view.identifiersOf(decoded.item)[0] : undefined))
  const people = await personIdsOf(
    tx,
    view.personIds,
    strongest.filter((id) => id !== undefined),
  )
  const visible = await view.visible([...new Set(people.values())])
  const items = found.map(({ event }, at) => {
    const id = strongest[at]
    return { ...event, profileId: (id && people.get(`${id.kind}:${id.value}`)) ?? null }
  })
  const shown = items.filter(
    ({ profileId }) => view.seesAll || (profileId !== null && visible.has(profileId)),
  )
  return { items: shown, newest: items[0]?.id ?? null, next }
}

/** As the caller may see it; what the item says of its person is known wherever it stands in it. */
function masked({ mask, identifiersOf }: View, { event, decoded }: Found): LiveEvent {
  if (mask.full) return event
  const contacts = decoded.ok ? identifiersOf(decoded.item).filter((id) => mask.isKind(id.kind)) : []
  const theirs = mask.knowing(contacts.map((id) => id.value))
  const text = (part: string | null) => (part === null ? null : theirs.text(part))
  return {
    ...event,
    name: text(event.name),
    userId: text(event.userId),
    anonymousId: text(event.anonymousId),
    messageId: text(event.messageId),
    raw: theirs.json(event.raw),
  }
}

/** Who knows a whole value finds it, masked or not. */
const isWhole = (event: LiveEvent, query: LiveQuery): boolean =>
  query.search !== undefined &&
  matches(event, { ...query, search: undefined }) &&
  [event.userId, event.anonymousId, event.messageId].includes(query.search)

function matches(event: LiveEvent, query: LiveQuery): boolean {
  if (query.outcome && event.outcome !== query.outcome) return false
  if (query.name && event.name !== query.name) return false
  if (!query.search) return true
  const wanted = query.search.toLowerCase()
  return [event.userId, event.anonymousId, event.messageId, event.name].some((part) =>
    part?.toLowerCase().includes(wanted),
  )
}

type Position = { seq: number; idx: number }

function position(id: string | undefined): Position | undefined {
  if (id === undefined) return undefined
  const [, seq, idx] = /^(\d{1,15}):(\d{1,9})$/.exec(id) ?? []
  if (seq === undefined)
    throw new AppError('request.bad_cursor', 'invalid', 'Pass the id of an item of this list.')
  return { seq: Number(seq), idx: Number(idx) }
}

function isOlder(id: string, than: Position): boolean {
  const at = position(id) as Position
  return at.seq < than.seq || (at.seq === than.seq && at.idx < than.idx)
}

const text = (value: unknown): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null
