import { scopeInClickHouse } from '#modules/access/index.ts'
import type { CircleDeps } from '#modules/companies/server/circle-deps.ts'
import { orderFactsSql } from '#modules/orders/index.ts'
import { numberList, unitsOfSql } from '#modules/profiles/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

type FactDeps = Pick<CircleDeps, 'ch' | 'profiles'>

export type CircleFacts = {
  people: number
  /** ms; 0: never */
  lastActivity: number
  revenue: { currency: string; net: number; orders: number }[]
}

/** SQL of (circle, person, since, title): who belongs to what, each once. `only` narrows the circles. */
export function belongingSql(personOf: (unit: string, time: string) => string, only = '1'): string {
  return `SELECT circle, ${personOf('unit', 'since')} AS person, min(since) AS joined,
      argMaxIf(title, (since, unit, place), title != '') AS said, max(main) AS first
    FROM (SELECT circle, unit, place, since, title, main FROM circle_member FINAL WHERE ws = {ws:UInt32} AND deleted = 0 AND ${only})
    GROUP BY circle, person`
}

/** SQL of (circle, person): the same as it is written, some more than once; a third cheaper where that is no matter. */
const membersSql = ({ profiles }: FactDeps, only = '1'): string =>
  `SELECT circle, ${profiles.personOf('unit', 'since')} AS person FROM circle_member FINAL
   WHERE ws = {ws:UInt32} AND deleted = 0 AND ${only}`

/** Condition on `person`: those of some (SELECT of `person`) who are in a list: not merged away, not in the bin. */
export const livingSql = (among: string): string =>
  `person IN (SELECT person FROM people FINAL WHERE ws = {ws:UInt32} AND deleted = 0 AND person IN (${among}))`

/**
 * Condition on `person`: those the caller may see; nobody who is in no list, merged away or in the bin. `among` is a
 * SELECT of `person` who are asked about, where these are few: everybody else is not read then.
 */
export function seenSql(ctx: WorkspaceCtx, among?: string): { sql: string; params: Record<string, unknown> } {
  const scope = scopeInClickHouse(ctx.scope)
  const asked = among === undefined ? '' : ` AND person IN (${among})`
  return {
    sql: `person IN (SELECT person FROM people FINAL WHERE ws = {ws:UInt32} AND deleted = 0 AND ${scope.sql}${asked})`,
    params: scope.params,
  }
}

/** SQL of (circle, people): how many of its people the caller sees. */
export const countedSql = (deps: FactDeps, seen: string, only?: string): string =>
  `SELECT circle, uniqExact(person) AS people FROM (${membersSql(deps, only)}) WHERE ${seen} GROUP BY circle`

/**
 * SQL of (circle, active): when one of the people the caller sees did something last, ms; without those of whom nobody
 * did. Where `only` narrows the circles, what others did is not read.
 */
export function activeSql(deps: FactDeps, seen: string, only?: string): string {
  const members = membersSql(deps, only)
  const isTheirs = (person: string) => `${person} IN (SELECT person FROM (${members}))`
  const theirs = only === undefined ? '' : ` AND (${unitsOfSql(deps.ch.database)(isTheirs, 'unit')})`
  return `SELECT circle, max(toUnixTimestamp64Milli(a.ended)) AS active
    FROM (
      SELECT ${deps.profiles.personOf('unit', 'ended')} AS person, ended
      FROM (SELECT unit, max(last) AS ended FROM unit_activity WHERE ws = {ws:UInt32}${theirs} GROUP BY unit)
    ) AS a
    INNER JOIN (SELECT circle, person FROM (${members}) WHERE ${seen}) AS b ON b.person = a.person
    GROUP BY circle`
}

/** Numbers of some circles, of people the caller may see. */
export async function circleFacts(
  deps: FactDeps,
  ctx: WorkspaceCtx,
  nums: readonly number[],
): Promise<Map<number, CircleFacts>> {
  if (nums.length === 0) return new Map()
  const only = `circle IN (${numberList(nums)})`
  const belonging = belongingSql(deps.profiles.personOf, only)
  const seen = seenSql(ctx, `SELECT person FROM (${membersSql(deps, only)})`)
  const params = { ws: ctx.workspace.num, ...seen.params }
  const ask = <T>(sql: string) => deps.ch.query<T>(sql, params, { signal: ctx.signal })
  const [counted, active] = await Promise.all([
    ask<{ circle: number; people: number }>(countedSql(deps, seen.sql, only)),
    ask<{ circle: number; active: number }>(activeSql(deps, seen.sql, only)),
  ])
  const lastActivity = new Map(active.map((row) => [row.circle, Math.max(0, row.active)]))
  const facts = new Map(
    counted.map(({ circle, people }): [number, CircleFacts] => [
      circle,
      { people, lastActivity: lastActivity.get(circle) ?? 0, revenue: [] },
    ]),
  )
  if (!ctx.permissions.has('order:read')) return facts
  const sales = await ask<{ circle: number; currency: string; net: number; orders: number }>(
    `SELECT circle, currency, sum(amount) AS net, uniqExactIf(order_id, type = 'sale') AS orders FROM (
       SELECT ${deps.profiles.personOf('unit', 'time')} AS person, currency, amount, order_id, type FROM (${orderFactsSql()})) AS f
     INNER JOIN (SELECT circle, person FROM (${belonging}) WHERE ${seen.sql}) AS b
       ON b.person = f.person
     GROUP BY circle, currency ORDER BY net DESC`,
  )
  for (const { circle, currency, net, orders } of sales)
    facts.get(circle)?.revenue.push({ currency, net: net / 100, orders })
  return facts
}
