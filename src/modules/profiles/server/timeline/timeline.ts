import type { z } from 'zod'
import type { routes, TimelineItem } from '#modules/profiles/contract.ts'
import type { Mask } from '#modules/profiles/server/masking/mask.ts'
import { maskOfPerson } from '#modules/profiles/server/masking/mask-of-person.ts'
import { eventsOfPerson, type PersonUnits, unitsOfPerson } from '#modules/profiles/server/person-events.ts'
import { personNumber } from '#modules/profiles/server/person-numbers.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import { countReveal } from '#modules/profiles/server/reveal.ts'
import { changesSource } from '#modules/profiles/server/timeline/changes-source.ts'
import { decisionsSource } from '#modules/profiles/server/timeline/decisions-source.ts'
import {
  type EventQuestion,
  eventEntries,
  groupsOfEvents,
} from '#modules/profiles/server/timeline/event-entries.ts'
import { mergePages } from '#modules/profiles/server/timeline/merge-pages.ts'
import { readOpening, readPlace, writePlace } from '#modules/profiles/server/timeline/timeline-place.ts'
import { sayActor, type WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import {
  type TimelineEntry,
  type TimelineGroup,
  type TimelinePerson,
  type TimelineSource,
  timelineGroups,
} from '#slots/timeline-source.ts'

export type TimelineQuery = z.infer<typeof routes.timeline.query>
export type TimelinePage = { items: TimelineItem[]; next: string | null }
type Query = TimelineQuery
type TimelineDeps = Pick<ProfileDeps, 'database' | 'ch' | 'personIds' | 'personOf' | 'timeline'>

/**
 * Everything that is known to have happened, in one order, newest first. Without `groups` it is what the person did,
 * as ever; with them, what the sources of these groups have, merged by place.
 */
export async function timeline(
  deps: TimelineDeps,
  ctx: WorkspaceCtx,
  publicId: string,
  query: Query,
): Promise<TimelinePage> {
  const question = questionOf(query)
  const person = await personNumber(deps, ctx, publicId)
  const { units, mask, personal } = await deps.database.read(ctx, async (tx) => ({
    units: await unitsOfPerson(tx, person),
    ...(await maskOfPerson(tx, ctx, person)),
  }))
  const who = personToTell(deps, units)
  const sources = sourcesOf(deps, units, query).filter((source) =>
    source.groups.some((group) => question.groups.has(group)),
  )
  const pages = await Promise.all([
    eventEntries(deps, ctx, units, { ...question, personal }),
    ...sources.map((source) => source.entries(ctx, who, question)),
  ])
  const { entries, more } = mergePages(pages, question.direction, query.limit)
  const last = entries.at(-1)
  const items = entries.map((entry) => maskItem(mask, present(entry, ctx)))
  return {
    items: question.direction === 'older' ? items : items.reverse(),
    next: more && last ? writePlace(last.place) : null,
  }
}

/** One entry whole. Who looked at what of whom is in the audit log; it counts like every look at full values. */
export async function revealEntry(
  deps: TimelineDeps & Pick<ProfileDeps, 'audit'>,
  ctx: WorkspaceCtx,
  publicId: string,
  { at, id, why }: { at: string; id: string; why?: string | undefined },
): Promise<TimelineItem> {
  // Entries of the same place come one after the other; there are hardly more of one moment.
  const query: Query = { at, groups: 'all', limit: 100, direction: 'older', include: 'events' }
  const person = await personNumber(deps, ctx, publicId)
  const { items } = await timeline(deps, { ...ctx, sight: 'full' }, publicId, query)
  const found = items.find((item) => item.id === id && item.at === at)
  if (!found)
    throw new AppError('timeline.entry_missing', 'missing', 'The timeline of this person has no such entry.')
  await deps.database.write(ctx, async (tx) => {
    await countReveal(tx, ctx)
    await deps.audit(tx, ctx, {
      action: 'profile.revealed',
      subject: deps.personIds.encode(tx.workspace, person),
      details: { entry: id, type: found.type, time: found.time, ...(why ? { why } : {}) },
    })
  })
  return found
}

/** Which groups have anything to show of the person. */
export async function presentGroups(deps: TimelineDeps, ctx: WorkspaceCtx, publicId: string) {
  const person = await personNumber(deps, ctx, publicId)
  const units = await deps.database.read(ctx, (tx) => unitsOfPerson(tx, person))
  const who = personToTell(deps, units)
  const found = await Promise.all([
    groupsOfEvents(deps, ctx, units),
    ...allSources(deps, units).map((source) => source.present(ctx, who)),
  ])
  const present = new Set(found.flat())
  return { items: timelineGroups.filter((group) => present.has(group)) }
}

const personToTell = (deps: Pick<TimelineDeps, 'personOf'>, units: PersonUnits): TimelinePerson => ({
  person: units.person,
  theirs: eventsOfPerson(deps.personOf, units),
  numbers: [...new Set([units.person, ...units.own])],
})

const allSources = (deps: TimelineDeps, units: PersonUnits): TimelineSource[] => [
  decisionsSource(deps, [...units.own, ...units.shared]),
  changesSource(deps),
  ...deps.timeline.sources,
]

function sourcesOf(deps: TimelineDeps, units: PersonUnits, query: Query): TimelineSource[] {
  // Names are names of events.
  if (namesOf(query)) return []
  if (query.groups !== undefined) return allSources(deps, units)
  return query.include === 'system' ? [decisionsSource(deps, [...units.own, ...units.shared])] : []
}

function questionOf(query: Query): Omit<EventQuestion, 'personal'> {
  const asked = groupsOf(query)
  return {
    groups: asked ?? new Set<TimelineGroup>(timelineGroups),
    eventGroups: asked,
    calls: asked ? asked.has('system') : query.include === 'system',
    from: query.cursor ? readPlace(query.cursor) : readOpening(query.at),
    // A moment to begin at is the last one that older entries may have, and newer ones come after it.
    inclusive: !query.cursor && query.at !== undefined && query.direction === 'older',
    direction: query.direction,
    since: query.from === undefined ? undefined : Date.parse(query.from),
    until: query.to === undefined ? undefined : Date.parse(query.to),
    search: query.search ? query.search.toWellFormed() : undefined,
    names: namesOf(query),
    limit: query.limit + 1,
  }
}

function groupsOf({ groups }: Query): ReadonlySet<TimelineGroup> | undefined {
  if (groups === undefined) return undefined
  if (groups === 'all') return new Set(timelineGroups)
  return new Set(timelineGroups.filter((group) => groups.split(',').includes(group)))
}

/** A single text with commas is a list, or the one event that is called so: both are looked for. */
function namesOf({ names }: Query): string[] | undefined {
  if (names === undefined || names === '') return undefined
  if (typeof names !== 'string') return names.map((name) => name.toWellFormed())
  const parts = names.split(',').map((name) => name.trim())
  return [names, ...parts].filter((name) => name !== '').map((name) => name.toWellFormed())
}

function present(entry: TimelineEntry & { event?: Partial<TimelineItem> }, ctx: WorkspaceCtx): TimelineItem {
  return {
    type: entry.kind,
    id: entry.place[1],
    name: entry.name,
    time: new Date(entry.place[0]).toISOString(),
    properties: entry.properties,
    group: entry.group,
    at: writePlace(entry.place),
    ...(entry.by ? { by: sayActor(entry.by, ctx.language) } : {}),
    ...(entry.why ? { why: entry.why } : {}),
    ...entry.event,
  }
}

function maskItem(mask: Mask, item: TimelineItem): TimelineItem {
  if (mask.full) return item
  const shown = {
    ...item,
    name: mask.text(item.name),
    properties: mask.json(item.properties),
    ...(item.why ? { why: mask.text(item.why) } : {}),
    ...(item.context ? { context: mask.json(item.context) } : {}),
    ...(item.identifiers ? { identifiers: item.identifiers.map(mask.identifier) } : {}),
  }
  return JSON.stringify(shown) === JSON.stringify(item) ? shown : { ...shown, masked: true }
}
