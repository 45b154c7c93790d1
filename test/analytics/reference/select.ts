import { DateTime } from 'luxon'
import type { BreakdownBy, EventChoice } from '#modules/analytics/contract/question.ts'
import type { Rule, Where } from '#modules/rules/contract.ts'
import { holds } from '#modules/rules/server/testing/reference.ts'
import type { Told, World } from '#test/analytics/journeys.ts'

/** What references of all kinds share, naive on purpose: no code of the server, arrays and loops only. */

/** Events of whom the question is about, by time and then message id. */
export function told(world: World, audience: Rule | undefined): Told[] {
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

export function isWithin(event: Pick<Told, 'time'>, from: string, to: string, zone: string): boolean {
  const day = local(event, zone).toFormat('yyyy-MM-dd')
  return day >= from && day <= to
}

/** The name of the bucket an event lies in. */
export function bucketName(
  event: Pick<Told, 'time'>,
  interval: 'hour' | 'day' | 'week' | 'month',
  zone: string,
): string {
  const at = local(event, zone).startOf(interval)
  return interval === 'hour' ? at.toFormat("yyyy-MM-dd'T'HH:mm:ssZZ") : at.toFormat('yyyy-MM-dd')
}

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
