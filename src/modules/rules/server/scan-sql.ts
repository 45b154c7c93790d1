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
  if (c.env.sample !== undefined) where.push(c.env.sample('person'))
  const tail = `\nGROUP BY person${having === undefined ? '' : `\nHAVING ${having}`}`
  return scan(
    c,
    [`${person} AS person`, ...columns, ...extra].map((column) => `\n  ${column.trim()}`),
    c.env.tables.events,
    where,
    tail,
  )
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
