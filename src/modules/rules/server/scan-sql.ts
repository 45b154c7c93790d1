import { bindTime } from './sql-bindings.ts'
import type { Compilation } from './sql-compilation.ts'

/** People a query is limited to; their units let ClickHouse find their events by primary key. */
export type Restriction = { persons: readonly number[]; units?: readonly number[] | undefined }

/** Every FROM of this module is written here, so no scan can lack the workspace's predicate. */
function scan(c: Compilation, select: string[], table: string, where: string[], tail = ''): string {
  const wall = `ws = ${c.bindings.bind('UInt32', c.env.workspace)}`
  return `SELECT${select.join(',')}\nFROM ${table}\nWHERE ${[wall, ...where].join('\n  AND ')}${tail}`
}

/** One row per person: the asked columns and the person's conditions `a…`. */
export function peopleScan(
  c: Compilation,
  columns: readonly string[],
  limits: { after?: number | undefined; only?: Restriction | undefined },
): string {
  const bits = [...c.personBits.values()].map((bit) => `${bit.sql} AS ${bit.alias}`)
  const where = ['deleted = 0']
  if (c.env.scope !== undefined) where.push(`(${c.env.scope.sql})`)
  if (c.env.sample !== undefined) where.push(`(${c.env.sample.persons})`)
  if (limits.after !== undefined) where.push(`person > ${c.bindings.bind('UInt64', limits.after)}`)
  if (limits.only !== undefined) where.push(`person IN ${personList(c, limits.only)}`)
  return scan(
    c,
    [...columns, ...bits].map((column) => ` ${column}`),
    `${c.env.tables.people} FINAL`,
    where,
  )
}

/** One row per person with any event that the leaves read: their conditions `e…`, and what `extra` asks for. */
export function eventsScan(
  c: Compilation,
  having: string | undefined,
  extra: string[],
  only?: Restriction,
): string {
  const person = c.env.personOf('unit', 'time')
  const columns = [...c.eventBits.values()].flatMap((bit) => [
    ...bit.columns.map(({ alias, sql }) => `  ${sql} AS ${alias}`),
    `  ${bit.idle ? 'NOT ' : ''}${bit.test} AS ${bit.alias}`,
  ])
  const where = readsSql(c)
  if (!c.withFuture) where.push(`time <= ${bindTime(c.bindings, c.env.now)}`)
  if (only?.units !== undefined) where.push(`unit IN ${c.bindings.bind('Array(UInt64)', [...only.units])}`)
  if (only !== undefined) where.push(`person IN ${personList(c, only)}`)
  if (c.env.sample !== undefined) where.push(`(${c.env.sample.units})`)
  const tail = `\nGROUP BY person${having === undefined ? '' : `\nHAVING ${having}`}`
  return scan(
    c,
    [`${person} AS person`, ...columns, ...extra].map((column) => `\n  ${column.trim()}`),
    c.env.tables.events,
    where,
    tail,
  )
}

/**
 * One row per person that belongs to anything asked for: their conditions `k…` and, when asked, `k…_flip`. Which companies
 * fit is found first, so that only what belongs to these is read; then each person takes what any of theirs gives. How
 * many belong, titles and what people did are looked up where a condition asks for them. With `only`, nothing is read
 * but what these people belong to.
 */
export function circlesScan(c: Compilation, withFlips: boolean, only?: Restriction): string {
  const bits = [...c.circleBits.values()]
  const meant: Meant = { circles: meantScan(c, withFlips), only }
  const columns = bits.flatMap(({ alias, fits, isKind }) => [
    ` ${fits.sql} AS ${fits.alias}`,
    ...(withFlips ? [` ${isKind} AS ${alias}_is`] : []),
  ])
  const circles = scan(c, [' circle', ...columns], `${c.env.tables.circles} FINAL`, ['deleted = 0'])
  const tests = bits.map((bit) => `max(${bit.test}) AS ${bit.alias}`)
  const flips = withFlips
    ? bits.map(
        ({ alias, did: done }) =>
          `${done ? `minIf(${alias}_f, ${alias}_f > 0 AND c.${alias}_is)` : 'toInt64(0)'} AS ${alias}_flip`,
      )
    : []
  const counted = `SELECT circle, count() AS people FROM (${livingScan(c, meant)}) GROUP BY circle`
  const joins = [
    `INNER JOIN (${circles}) AS c ON c.circle = b.circle`,
    ...(bits.some((bit) => bit.asks.people) ? [`LEFT JOIN (${counted}) AS n ON n.circle = b.circle`] : []),
    ...(bits.some((bit) => bit.did)
      ? [`LEFT JOIN (${didScan(c, withFlips, meant)}) AS d ON d.circle = b.circle`]
      : []),
  ]
  // Somebody written twice counts no other way in `max`.
  const belonging = membersScan(c, meant, bits.some((bit) => bit.asks.title) ? withTitle : asWritten)
  return `SELECT ${['person', ...tests, ...flips].join(', ')}\nFROM (${belonging}) AS b\n${joins.join('\n')}\nGROUP BY person`
}

/** Which companies and households are read: a SELECT of `circle`; and of whom, when it is not everybody. */
type Meant = { circles: string; only: Restriction | undefined }

/** Those that fit any of the conditions; for moments of change those of the kind, because a condition may come to fit. */
function meantScan(c: Compilation, withFlips: boolean): string {
  const any = new Set([...c.circleBits.values()].map(({ fits, isKind }) => (withFlips ? isKind : fits.sql)))
  return scan(c, [' circle'], `${c.env.tables.circles} FINAL`, ['deleted = 0', `(${[...any].join(' OR ')})`])
}

/** (circle, person), each once. Who is in no list (merged away, in the bin) is in no company either. */
function livingScan(c: Compilation, meant: Meant): string {
  const members = membersScan(c, meant, { columns: [], tail: eachOnce })
  const narrowed = meant.only === undefined ? [] : [`person IN (SELECT person FROM (${members}))`]
  const living = scan(c, [' person'], `${c.env.tables.people} FINAL`, ['deleted = 0', ...narrowed])
  return `SELECT circle, person FROM (${members}) WHERE person IN (${living})`
}

/**
 * The order of (since, unit, place) as one number: a tuple is compared value by value, which takes a million
 * memberships from 390 to 700 ms. Units stay below 2^53, times lie after 1900.
 */
const toldSql =
  'bitOr(bitOr(bitShiftLeft(toUInt256(toUnixTimestamp64Milli(since) + 1000000000000000), 128), bitShiftLeft(toUInt256(unit), 64)), toUInt256(place))'
const eachOnce = '\nGROUP BY circle, person'
/** The title somebody has there. */
const withTitle = { columns: [` argMaxIf(title, ${toldSql}, title != '') AS said`], tail: eachOnce }
const asWritten = { columns: [], tail: '' }

/** (circle, person) and what else is asked for: whoever belongs to what is meant. */
function membersScan(
  c: Compilation,
  { circles, only }: Meant,
  { columns, tail }: { columns: readonly string[]; tail: string },
): string {
  const members = `${c.env.tables.circleMembers} FINAL`
  const person = c.env.personOf('unit', 'since')
  const where = ['deleted = 0', `circle IN (${circles})`]
  if (only !== undefined) {
    const units = only.units && [`unit IN ${c.bindings.bind('Array(UInt64)', [...only.units])}`]
    const theirs = ['deleted = 0', ...(units ?? []), `${person} IN ${personList(c, only)}`]
    where.push(`circle IN (${scan(c, [' circle'], members, theirs)})`)
  }
  return scan(c, [' circle', ` ${person} AS person`, ...columns], members, where, tail)
}

/** (circle, `k…_n`, `k…_f`): how often its people did something, and when that may be another number. */
function didScan(c: Compilation, withFlips: boolean, meant: Meant): string {
  const bits = [...c.circleBits.values()].flatMap(({ alias, did }) => (did ? [{ alias, did }] : []))
  const now = c.bindings.bind('Int64', c.env.now)
  const counts = bits.map(({ alias, did }) => `countIf(${did.match}) AS ${alias}_c`)
  const moments = withFlips
    ? bits.map(
        ({ alias, did }) =>
          `arrayMin(arrayFilter(t -> t > ${now}, arrayConcat(${did.flips.join(', ')}))) AS ${alias}_m`,
      )
    : []
  const names = c.bindings.bind('Array(String)', [...new Set(bits.map(({ did }) => did.reads.event))])
  const where = [`event IN ${names}`]
  const froms = bits.map(({ did }) => did.reads.from)
  if (froms.every((from) => from !== undefined))
    where.push(`time >= ${bindTime(c.bindings, Math.min(...froms))}`)
  if (!c.withFuture) where.push(`time <= ${bindTime(c.bindings, c.env.now)}`)
  if (meant.only !== undefined) {
    const mates = `SELECT person FROM (${livingScan(c, meant)})`
    if (c.env.unitsOf !== undefined) where.push(`unit IN (${c.env.unitsOf(mates)})`)
    where.push(`person IN (${mates})`)
  }
  const events = scan(
    c,
    [
      ` ${c.env.personOf('unit', 'time')} AS person`,
      ...[...counts, ...moments].map((column) => ` ${column}`),
    ],
    c.env.tables.events,
    where,
    '\nGROUP BY person',
  )
  const sums = bits.map(({ alias }) => `sum(${alias}_c) AS ${alias}_n`)
  const soonest = withFlips ? bits.map(({ alias }) => `minIf(${alias}_m, ${alias}_m > 0) AS ${alias}_f`) : []
  return `SELECT ${['circle', ...sums, ...soonest].join(', ')} FROM (${livingScan(c, meant)}) AS m INNER JOIN (${events}) AS e ON e.person = m.person GROUP BY circle`
}

function personList(c: Compilation, only: Restriction): string {
  return c.bindings.bind('Array(UInt64)', [...only.persons])
}

// The events that any leaf reads, each from the earliest moment any leaf needs it.
function readsSql(c: Compilation): string[] {
  const since = new Map<string, number | undefined>()
  for (const { event, from } of [...c.eventBits.values()].flatMap((bit) => bit.reads)) {
    const known = since.get(event)
    since.set(
      event,
      !since.has(event)
        ? from
        : known === undefined || from === undefined
          ? undefined
          : Math.min(known, from),
    )
  }
  const byStart = Map.groupBy(since.keys(), (event) => since.get(event))
  const groups = [...byStart].map(([from, events]) => readSql(c, events, from))
  const starts = [...byStart.keys()].filter((from) => from !== undefined)
  if (groups.length < 2) return groups
  const all = `event IN ${c.bindings.bind('Array(String)', [...since.keys()])}`
  const floor = starts.length === byStart.size ? [`time >= ${bindTime(c.bindings, Math.min(...starts))}`] : []
  return [all, ...floor, `(${groups.map((group) => `(${group})`).join(' OR ')})`]
}

function readSql(c: Compilation, events: string[], from: number | undefined): string {
  const named = `event IN ${c.bindings.bind('Array(String)', events)}`
  return from === undefined ? named : `${named} AND time >= ${bindTime(c.bindings, from)}`
}
