import { DateTime } from 'luxon'
import type { CatalogueItem } from '#modules/collect/contract.ts'
import { eventNames } from '#modules/collect/server/event-catalogue.ts'
import type { EventNote } from '#modules/collect/server/event-note-store.ts'
import { inheritedOf, loadNames } from '#modules/collect/server/names/event-names.ts'
import type { ClickHouse } from '#platform/ch/client.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Database } from '#platform/pg/database.ts'
import type { EventWords } from '#slots/event-words.ts'

/** Length of the line beside each name. */
const shownDays = 30

export type CatalogueDeps = { database: Database; ch: ClickHouse; words: EventWords }

/** Every event name with what is said of it and its volume per day; described ones also when none came yet. */
export async function listCatalogue(
  deps: CatalogueDeps,
  ctx: WorkspaceCtx,
): Promise<{ items: CatalogueItem[]; days: string[] }> {
  const days = lastDays(ctx)
  const [{ items: seen }, volume, { notes, planned }] = await Promise.all([
    eventNames(deps.ch, ctx, undefined),
    volumePerDay(deps.ch, ctx, days),
    deps.database.read(ctx, (tx) => loadNames(tx, deps.words)),
  ])
  const plan = new Map(planned.map((one) => [one.name, one]))
  const inherited = (name: string) => inheritedOf(name, plan.get(name))
  const known = seen.map((one) => ({
    ...one,
    ...saidOf(notes.get(one.name)),
    inherited: inherited(one.name),
    days: days.map((day) => volume.get(`${day} ${one.name}`) ?? 0),
  }))
  const names = new Set(seen.map((one) => one.name))
  const unseen = [...notes.values()].filter((note) => !names.has(note.name))
  const still = unseen.map((note) => ({ ...unseenItem(note, days.length), inherited: inherited(note.name) }))
  return { items: [...known, ...still], days }
}

export const saidOf = (note: EventNote | undefined) => ({
  labels: note?.labels ?? { zh: '', en: '' },
  description: note?.description ?? '',
  owner: note?.owner ?? null,
  hidden: note?.hidden ?? false,
})

const unseenItem = (note: EventNote, days: number): Omit<CatalogueItem, 'inherited'> => ({
  name: note.name,
  type: 'track',
  count: 0,
  people: 0,
  firstSeen: null,
  lastSeen: null,
  ...saidOf(note),
  days: Array<number>(days).fill(0),
})

/** Days of the workspace's zone, today last. */
function lastDays(ctx: WorkspaceCtx): string[] {
  const today = DateTime.fromMillis(ctx.now, { zone: ctx.workspace.timezone })
  return Array.from(
    { length: shownDays },
    (_, at) => today.minus({ days: shownDays - 1 - at }).toISODate() as string,
  )
}

async function volumePerDay(
  ch: ClickHouse,
  ctx: WorkspaceCtx,
  days: readonly string[],
): Promise<Map<string, number>> {
  const zone = ctx.workspace.timezone
  const rows = await ch.query<{ event: string; day: string; count: number }>(
    `SELECT event, toString(toDate(time, {zone:String})) AS day, count() AS count FROM events
     WHERE ws = {ws:UInt32} AND type IN ('track', 'page', 'screen') AND time >= toDateTime64({from:UInt32}, 3, 'UTC')
     GROUP BY event, day`,
    {
      ws: ctx.workspace.num,
      zone,
      from: DateTime.fromISO(days[0] as string, { zone }).toSeconds(),
    },
  )
  return new Map(rows.map((row) => [`${row.day} ${row.event}`, row.count]))
}
