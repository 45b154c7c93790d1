import { DateTime } from 'luxon'
import { hiddenEvents } from '#modules/collect/server/event-note-store.ts'
import type { Mask } from '#modules/profiles/index.ts'
import { decodePath } from '#modules/rules/index.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Database } from '#platform/pg/database.ts'

type NameRow = {
  name: string
  type: string
  count: number
  people: number
  firstSeen: string
  lastSeen: string
}

/** Names to choose from: without those that are hidden in the catalogue. */
export async function offeredNames(
  { database, ch }: { database: Database; ch: ClickHouse },
  ctx: WorkspaceCtx,
  search: string | undefined,
) {
  const hidden = await database.read(ctx, (tx) => hiddenEvents(tx))
  const { items } = await eventNames(ch, ctx, search)
  return { items: items.filter((one) => !hidden.has(one.name)) }
}

/**
 * Names of what people did, by volume; `people` counts identifiers' units (about people, without a join). A name that
 * came as several types is shown as a track before a screen before a page. `only`: one name alone.
 */
export async function eventNames(
  ch: ClickHouse,
  ctx: WorkspaceCtx,
  search: string | undefined,
  only?: string,
) {
  const items = await ch.query<NameRow>(
    `SELECT event AS name, max(e.type) AS type, count() AS count, uniq(unit) AS people,
       min(time) AS firstSeen, max(time) AS lastSeen
     FROM events AS e WHERE e.ws = {ws:UInt32} AND e.type IN ('track', 'page', 'screen')
       AND ({search:String} = '' OR positionCaseInsensitiveUTF8(event, {search:String}) > 0)
       AND ({only:String} = '' OR event = {only:String})
     GROUP BY event ORDER BY count DESC, name LIMIT 1000`,
    { ws: ctx.workspace.num, search: search ?? '', only: only ?? '' },
  )
  return { items }
}

type PathRow = { path: string; kind: string; count: number; examples: string[] }
const typeOfKind: Record<string, 'text' | 'number' | 'boolean' | 'list'> = {
  String: 'text',
  Float64: 'number',
  Int64: 'number',
  Bool: 'boolean',
}

/** So many of the latest occurrences are looked into for properties. */
export const propertySample = 10_000

/**
 * Properties of an event in its latest occurrences, with types and examples, for pickers. An example is what
 * somebody sent: a data scope narrower than everything gets none.
 */
export async function eventProperties(
  { ch, mask }: { ch: ClickHouse; mask: (ctx: WorkspaceCtx) => Promise<Mask> },
  ctx: WorkspaceCtx,
  event: string,
) {
  const shown = await mask(ctx)
  const rows = await ch.query<PathRow>(
    `SELECT pair.1 AS path, pair.2 AS kind, count() AS count,
       arraySlice(arraySort(groupUniqArrayIf(text, text NOT IN ('', '""'))), 1, 5) AS examples
     FROM (SELECT arrayJoin(types) AS pair, substring(toString(JSONExtractRaw(flat, pair.1)), 1, 80) AS text
       FROM (SELECT JSONAllPathsWithTypes(props) AS types, toJSONString(props) AS flat FROM events
             WHERE ws = {ws:UInt32} AND event = {event:String}
             ORDER BY time DESC, message_id DESC, seq DESC, idx DESC LIMIT ${propertySample}))
     GROUP BY path, kind ORDER BY count DESC, path, kind LIMIT 500`,
    { ws: ctx.workspace.num, event },
  )
  const items = rows.map(({ path, kind, count, examples }) => ({
    path,
    type: typeOfKind[kind] ?? ('list' as const),
    count,
    examples: [
      ...new Set(
        (ctx.scope.all ? examples : []).map((text) =>
          String(shown.named(decodePath(path), text.replace(/^"|"$/g, ''))),
        ),
      ),
    ],
  }))
  return { items }
}

/** Events per hour (up to three days) or per day of the workspace's time zone. */
export async function eventVolume(
  ch: ClickHouse,
  ctx: WorkspaceCtx,
  hours: number,
  name: string | undefined,
) {
  const unit = hours <= 72 ? 'hour' : 'day'
  const last = DateTime.fromMillis(ctx.now, { zone: ctx.workspace.timezone }).startOf(unit)
  const count = unit === 'hour' ? hours : Math.ceil(hours / 24)
  const starts = Array.from({ length: count }, (_, at) => last.minus({ [unit]: count - 1 - at }).toSeconds())
  const start = unit === 'hour' ? 'toStartOfHour' : 'toStartOfDay'
  const rows = await ch.query<{ at: number; count: number }>(
    `SELECT toUnixTimestamp(${start}(toDateTime(time, {zone:String}))) AS at, count() AS count FROM events
     WHERE ws = {ws:UInt32} AND time >= toDateTime64({from:UInt32}, 3, 'UTC') AND time < toDateTime64({until:UInt32}, 3, 'UTC')
       AND ({name:String} = '' OR event = {name:String}) GROUP BY at`,
    {
      ws: ctx.workspace.num,
      zone: ctx.workspace.timezone,
      from: starts[0],
      until: last.plus({ [unit]: 1 }).toSeconds(),
      name: name ?? '',
    },
  )
  const counts = new Map(rows.map((row) => [row.at, row.count]))
  return {
    items: starts.map((at) => ({ time: new Date(at * 1000).toISOString(), count: counts.get(at) ?? 0 })),
  }
}
