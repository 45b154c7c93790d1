import { AppError } from '#platform/errors.ts'
import type { Leaf, Test, Where } from '../contract.ts'
import type { RuleEnv } from './leaf.ts'
import type { Bounds } from './resolve-window.ts'
import { hasFrom, hasTo } from './resolve-window.ts'
import type { Restriction } from './scan-sql.ts'
import type { Bindings, Params } from './sql-bindings.ts'
import { bindTime, newBindings } from './sql-bindings.ts'
import { storedColumn, valueSql } from './sql-value.ts'

export type CompileEnv = RuleEnv & {
  /** The workspace's number; part of every scan. */
  workspace: number
  tables: {
    events: string
    people: string
    lists?: string
    circles: string
    circleMembers: string
    reach?: string
  }
  /** SELECT of the units whose events may be of people, from a SELECT of `person`; spares reading everybody's. */
  unitsOf?: ((personsSql: string) => string) | undefined
  /** SQL for the person of an event, from SQL for its unit and its time. */
  personOf: (unitSql: string, timeSql: string) => string
  /** Further predicate on `people` (the caller's data scope): trusted SQL whose parameters have names of their own. */
  scope?: { sql: string; params: Params } | undefined
  /**
   * Reads only some people, for an estimate: trusted SQL that says which (on `person`), and which events at least are
   * needed for them (on `unit`, the sort key, so that only their places are read). Parameters have names of their own.
   */
  sample?: { persons: string; units: string; params: Params } | undefined
}

/** A compiled node. `idle`: its value for people without any event, undefined when that depends on the person. */
export type Condition = { sql: string; idle: boolean | undefined; eventsOnly: boolean }

/** One leaf over events: aggregates per person, and the test on them. */
export type EventBit = {
  /** SELECT items of the aggregation, in order; a later one may use an earlier alias. */
  columns: { alias: string; sql: string }[]
  test: string
  idle: boolean
  reads: { event: string; from: number | undefined }[]
  /** SQL for arrays of moments (ms) at which the test may change by itself; those not after `now` mean nothing. */
  flips: string[]
}

/** One leaf over the companies or households of a person. */
export type CircleBit = {
  /** Whether it is a company, or a household, as asked: a condition on the row of `circle`. */
  isKind: string
  /** The same, and what is asked of its attributes; `test` knows it as a column. */
  fits: { alias: string; sql: string }
  /** Whether `test` asks for the title the person has there, and for how many people belong to it. */
  asks: { title: boolean; people: boolean }
  /** What its people did: a condition on an event, how often it holds, and when that may change. */
  did?: { match: string; reads: EventBit['reads'][number]; flips: string[] } | undefined
  test: string
}

export type Compilation = {
  env: CompileEnv
  bindings: Bindings
  /** Future events are read too, to know when they will count. */
  withFuture: boolean
  /** The people the whole query is limited to. */
  only: Restriction | undefined
  personBits: Map<string, { alias: string; sql: string }>
  /** Of those, whose answer moves with the calendar: for whom, and when. */
  calendarBits: Map<string, { moves: string; at: number }>
  eventBits: Map<string, EventBit & { alias: string }>
  circleBits: Map<string, CircleBit & { alias: string }>
  segmentConditions: Map<string, Condition>
}

// One aggregation column each; the engine copes with more, people do not.
const mostLeaves = 2000

export function newCompilation(env: CompileEnv, withFuture: boolean, only?: Restriction): Compilation {
  return {
    env,
    only,
    bindings: newBindings(),
    withFuture,
    personBits: new Map(),
    calendarBits: new Map(),
    eventBits: new Map(),
    circleBits: new Map(),
    segmentConditions: new Map(),
  }
}

export function constant(value: boolean): Condition {
  return { sql: value ? '1' : '0', idle: value, eventsOnly: true }
}

/** A condition on the row of `people`; equal leaves are computed once. */
export function personCondition(c: Compilation, leaf: Leaf, build: () => string): Condition {
  const key = JSON.stringify(leaf)
  const known = c.personBits.get(key)
  if (known !== undefined) return { sql: known.alias, idle: undefined, eventsOnly: false }
  const bit = { alias: `a${c.personBits.size}`, sql: build() }
  c.personBits.set(key, bit)
  refuseTooMany(c)
  return { sql: bit.alias, idle: undefined, eventsOnly: false }
}

/** A condition on the row of `people` that moves with the calendar: at a moment, for those of whom `moves` holds. */
export function calendarCondition(
  c: Compilation,
  leaf: Leaf,
  { test, moves, at }: { test: string; moves: string; at: number },
): Condition {
  const condition = personCondition(c, leaf, () => test)
  const key = JSON.stringify(leaf)
  if (c.withFuture && !c.calendarBits.has(key)) {
    const alias = `${condition.sql}_moves`
    c.personBits.set(`${key} moves`, { alias, sql: moves })
    c.calendarBits.set(key, { moves: alias, at })
  }
  return condition
}

/**
 * A condition on a person's events. The column says "differs from what no events would give", so a person
 * absent from the aggregation has 0 everywhere and an outer join needs no NULLs.
 */
export function eventCondition(c: Compilation, leaf: Leaf, build: (prefix: string) => EventBit): Condition {
  const key = JSON.stringify(leaf)
  let bit = c.eventBits.get(key)
  if (bit === undefined) {
    const alias = `e${c.eventBits.size}`
    bit = { ...build(alias), alias }
    c.eventBits.set(key, bit)
    refuseTooMany(c)
  }
  return { sql: bit.idle ? `(NOT ${bit.alias})` : bit.alias, idle: bit.idle, eventsOnly: true }
}

/** A condition on what a person belongs to; who belongs to nothing has 0. */
export function circleCondition(c: Compilation, leaf: Leaf, build: (alias: string) => CircleBit): Condition {
  const key = JSON.stringify(leaf)
  let bit = c.circleBits.get(key)
  if (bit === undefined) {
    const alias = `k${c.circleBits.size}`
    bit = { ...build(alias), alias }
    c.circleBits.set(key, bit)
    refuseTooMany(c)
  }
  return { sql: bit.alias, idle: undefined, eventsOnly: false }
}

function refuseTooMany(c: Compilation): void {
  if (c.personBits.size + c.eventBits.size + c.circleBits.size <= mostLeaves) return
  throw new AppError(
    'rule.too_large',
    'invalid',
    `More than ${mostLeaves} conditions, other segments included.`,
  )
}

/** "This row is event E with these properties, inside the window", for use inside an aggregate. */
export function matchSql(c: Compilation, event: string, where: readonly Where[] = []): string {
  const parts = where.map((node) => whereSql(c.bindings, node, 'props'))
  return join([`event = ${c.bindings.bind('String', event)}`, ...parts], 'AND')
}

/** A condition on the values of a column: properties of an event, attributes of a company. */
export function whereSql(bindings: Bindings, node: Where, column: 'attrs' | 'props'): string {
  if ('prop' in node) return valueSql(bindings, storedColumn(column, node.prop), node as Test)
  if ('not' in node) return `NOT ${whereSql(bindings, node.not, column)}`
  if ('all' in node)
    return join(
      node.all.map((child) => whereSql(bindings, child, column)),
      'AND',
    )
  return join(
    node.any.map((child) => whereSql(bindings, child, column)),
    'OR',
  )
}

/** `(a AND b)`, neutral parts left out; of nothing, AND is true and OR is false. */
export function join(parts: string[], word: 'AND' | 'OR'): string {
  const neutral = word === 'AND' ? '1' : '0'
  const kept = parts.filter((part) => part !== neutral)
  return kept.length < 2 ? (kept[0] ?? neutral) : `(${kept.join(` ${word} `)})`
}

/** The window as a condition on `time`; the upper end `now` is in WHERE unless future rows are read. */
export function insideSql(c: Compilation, bounds: Bounds): string {
  const parts: string[] = []
  if (hasFrom(bounds)) parts.push(`time >= ${bindTime(c.bindings, bounds.from)}`)
  if (hasTo(bounds)) parts.push(`time <= ${bindTime(c.bindings, bounds.to)}`)
  if (c.withFuture) parts.push(`time <= ${bindTime(c.bindings, c.env.now)}`)
  return join(parts, 'AND')
}

/** When matching rows in this window will count, or will have left it: for `EventBit.flips`. */
export function windowFlips(c: Compilation, match: string, bounds: Bounds): string[] {
  if (!c.withFuture) return []
  const { bindings, env } = c
  const later = [`time > ${bindTime(bindings, env.now)}`]
  if (hasFrom(bounds)) later.push(`time >= ${bindTime(bindings, bounds.from)}`)
  if (hasTo(bounds)) later.push(`time <= ${bindTime(bindings, bounds.to)}`)
  const flips = [`[minIf(${eventMs}, ${join([match, ...later], 'AND')})]`]
  if (bounds.slides === undefined) return flips
  const leaves = `${eventMs} + ${bindings.bind('Int64', bounds.slides + 1)}`
  return [...flips, `[minIf(${leaves}, ${join([match, insideSql(c, bounds)], 'AND')})]`]
}

export const eventMs = 'toUnixTimestamp64Milli(time)'
