import { DateTime } from 'luxon'
import type { BreakdownBy, EventChoice, Interval } from '#modules/analytics/contract/question.ts'
import type { Rule, Where } from '#modules/rules/contract.ts'
import { holds } from '#modules/rules/server/testing/reference.ts'
import type { Told, World } from '#test/analytics/journeys.ts'

/** What references of all kinds share, naive on purpose: no code of the server, arrays and loops only. */

const alreadyTold = new WeakMap<World, Map<string, Told[]>>()

/** Events of whom the question is about, by time and then message id; worlds do not change, so each is sorted once. */
export function told(world: World, audience: Rule | undefined): Told[] {
  const known = alreadyTold.get(world) ?? new Map<string, Told[]>()
  alreadyTold.set(world, known)
  const key = JSON.stringify(audience ?? null)
  const events = known.get(key) ?? sortedEvents(world, audience)
  known.set(key, events)
  return events
}

function sortedEvents(world: World, audience: Rule | undefined): Told[] {
  const meant = new Set([...world.people.keys()].filter((id) => isMeant(world, id, audience)))
  return world.events
    .filter(({ person }) => meant.has(person))
    .toSorted((a, b) => a.time - b.time || Buffer.compare(Buffer.from(a.messageId), Buffer.from(b.messageId)))
}

/** Whether a question with this audience is about a person. */
export function isMeant(world: World, id: string, audience: Rule | undefined): boolean {
  const env = { now: Date.now(), timezone: world.zone, segments: {}, tags: {} }
  const person = world.people.get(id)
  if (!person) return false
  if (audience === undefined) return true
  const own = world.events.filter((event) => event.person === id)
  const events = own.map(({ event, ...rest }) => ({ name: event, ...rest }))
  return holds(audience, { ...person, lists: [], owner: '', department: '', events }, env)
}

export function isChosen(event: Told, { event: name, where, or = [] }: EventChoice): boolean {
  return [{ event: name, where }, ...or].some(
    (one) => (one.event === null || one.event === event.event) && meets(event, one.where ?? []),
  )
}

function meets({ event, time, messageId, props }: Told, where: Where[]): boolean {
  const rule: Rule = { event, where }
  const person = {
    attrs: {},
    tags: [],
    lists: [],
    owner: '',
    department: '',
    events: [{ name: event, time, messageId, props }],
  }
  return holds(rule, person, { now: Number.MAX_SAFE_INTEGER, timezone: 'UTC', segments: {}, tags: {} })
}

export const local = (event: Pick<Told, 'time'>, zone: string): DateTime =>
  DateTime.fromMillis(event.time, { zone })

/** Few moments are asked for again and again, and calendars are slow. */
const alreadyNamed = new Map<string, string>()
function remembered(key: string, work: () => string): string {
  const known = alreadyNamed.get(key) ?? work()
  alreadyNamed.set(key, known)
  return known
}

/** The local day an event lies on. */
export const dayOf = ({ time }: Pick<Told, 'time'>, zone: string): string =>
  remembered(`${zone} ${time}`, () => local({ time }, zone).toFormat('yyyy-MM-dd'))

export function isWithin(event: Pick<Told, 'time'>, from: string, to: string, zone: string): boolean {
  const day = dayOf(event, zone)
  return day >= from && day <= to
}

/** The name of the bucket an event lies in. */
export const bucketName = (
  { time }: Pick<Told, 'time'>,
  interval: 'hour' | 'day' | 'week' | 'month',
  zone: string,
): string =>
  remembered(`${zone} ${time} ${interval}`, () => {
    const at = local({ time }, zone).startOf(interval)
    return at.toFormat(interval === 'hour' ? "yyyy-MM-dd'T'HH:mm:ssZZ" : 'yyyy-MM-dd')
  })

/** Every number of a value: its own, those of its list, text that reads as one. */
export function numbersIn(value: unknown): number[] {
  if (Array.isArray(value)) return value.flatMap(numbersIn)
  if (typeof value === 'number') return [value]
  return typeof value === 'string' && /^ *[+-]?\d+(\.\d+)? *$/.test(value) ? [Number(value)] : []
}

export function valueBy(world: World, event: Told, by: BreakdownBy): string | null {
  const isAttr = typeof by === 'object' && 'attr' in by
  const name = typeof by === 'string' ? by : 'attr' in by ? by.attr : by.prop
  const value = isAttr ? world.people.get(event.person)?.attrs[name] : event.props[name]
  if (value === undefined || value === null) return null
  return Array.isArray(value) ? value.join(', ') : String(value)
}

/** Text as the engine orders it, nothing last. */
export function compareText(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

/** Combinations by how many people have them, the most first, then by text; no more than `top`. */
export function rankedValues(values: Map<string, Set<string>>, top: number): (string | null)[][] {
  const ranked = [...values].map(([key, people]) => ({
    values: JSON.parse(key) as (string | null)[],
    size: people.size,
  }))
  ranked.sort((a, b) => {
    const texts = a.values.map((text, at) => compareText(text, b.values[at] ?? null))
    return b.size - a.size || (texts.find((order) => order !== 0) ?? 0)
  })
  return ranked.slice(0, top).map((one) => one.values)
}

/** The combination an event has, as text that can be compared. */
export const keyBy = (world: World, event: Told, breakdown: readonly BreakdownBy[]): string =>
  JSON.stringify(breakdown.map((by) => valueBy(world, event, by)))

/** A part of a broken-down answer: the name it has there, and whether a combination belongs to it. */
export type Part = { values: (string | null)[]; other?: boolean; holds: (key: string) => boolean }

/** One part for each combination shown by itself, and one for the rest. */
export function partsOf(top: (string | null)[][], size: number): Part[] {
  const keys = top.map((values) => JSON.stringify(values))
  const own = top.map((values, at) => ({ values, holds: (key: string) => key === keys[at] }))
  const rest = Array<string>(size).fill('$other')
  return [...own, { values: rest, other: true, holds: (key) => !keys.includes(key) }]
}

/** The days a period is compared with, where weeks and months are whole. */
function daysBefore(
  { from, to }: { from: string; to: string },
  interval: 'hour' | 'day' | 'week' | 'month',
): { from: string; to: string } {
  const [first, last] = [DateTime.fromISO(from), DateTime.fromISO(to)]
  const length = Math.round(last.diff(first, 'days').days) + 1
  const months = (last.year - first.year) * 12 + last.month - first.month + 1
  const days = interval === 'week' ? Math.ceil(length / 7) * 7 : length
  const back = interval === 'month' ? { months } : { days }
  return { from: first.minus(back).toFormat('yyyy-MM-dd'), to: last.minus(back).toFormat('yyyy-MM-dd') }
}

type Days = { from: string; to: string }

/** The same question over the days it is compared with. */
export function earlierThan<Q extends { range: Days; compare?: unknown; interval?: string | undefined }>(
  question: Q,
  interval: Interval = (question.interval ?? 'day') as Interval,
): Q {
  const { range, compare } = question
  if (typeof compare === 'object') return { ...question, range: compare as Days }
  if (compare !== 'year') return { ...question, range: daysBefore(range, interval) }
  const back = (day: string) => DateTime.fromISO(day).minus({ years: 1 }).toFormat('yyyy-MM-dd')
  return { ...question, range: { from: back(range.from), to: back(range.to) } }
}
