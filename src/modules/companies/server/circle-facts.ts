import { scopeInClickHouse } from '#modules/access/index.ts'
import type { CircleDeps } from '#modules/companies/server/circle-deps.ts'
import { currentFactsSql } from '#modules/orders/index.ts'
import { numberList } from '#modules/profiles/index.ts'
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

/** Condition on `person`: those the caller may see; nobody who is in no list, merged away or in the bin. */
export function seenSql(ctx: WorkspaceCtx): { sql: string; params: Record<string, unknown> } {
  const scope = scopeInClickHouse(ctx.scope)
  return {
    sql: `person IN (SELECT person FROM people FINAL WHERE ws = {ws:UInt32} AND deleted = 0 AND ${scope.sql})`,
    params: scope.params,
  }
}

/** SQL of (circle, people, active): how many of its people the caller sees, and when one of them did something last. */
export function countedSql(deps: FactDeps, seen: string, only = '1'): string {
  const { personOf } = deps.profiles
  return `SELECT circle, count() AS people, max(toUnixTimestamp64Milli(a.at)) AS active
    FROM (SELECT circle, person FROM (${belongingSql(personOf, only)}) WHERE ${seen}) AS b
    LEFT JOIN (
      SELECT ${personOf('unit', 'ended')} AS person, max(ended) AS at
      FROM (SELECT unit, max(last) AS ended FROM unit_activity WHERE ws = {ws:UInt32} GROUP BY unit) GROUP BY person
    ) AS a ON a.person = b.person
    GROUP BY circle`
}

/** Numbers of some circles, of people the caller may see. */
export async function circleFacts(
  deps: FactDeps,
  ctx: WorkspaceCtx,
  nums: readonly number[],
): Promise<Map<number, CircleFacts>> {
  if (nums.length === 0) return new Map()
  const seen = seenSql(ctx)
  const params = { ws: ctx.workspace.num, ...seen.params }
  const only = `circle IN (${numberList(nums)})`
  const counted = await deps.ch.query<{ circle: number; people: number; active: number }>(
    countedSql(deps, seen.sql, only),
    params,
    { signal: ctx.signal },
  )
  const facts = new Map(
    counted.map(({ circle, people, active }) => [
      circle,
      { people, lastActivity: Math.max(0, active), revenue: [] } as CircleFacts,
    ]),
  )
  if (!ctx.permissions.has('order:read')) return facts
  const sales = await deps.ch.query<{ circle: number; currency: string; net: number; orders: number }>(
    `SELECT circle, currency, sum(amount) AS net, uniqExactIf(order_id, type = 'sale') AS orders FROM (
       SELECT ${deps.profiles.personOf('unit', 'time')} AS person, currency, amount, order_id, type FROM (${currentFactsSql})) AS f
     INNER JOIN (SELECT circle, person FROM (${belongingSql(deps.profiles.personOf, only)}) WHERE ${seen.sql}) AS b
       ON b.person = f.person
     GROUP BY circle, currency ORDER BY net DESC`,
    params,
    { signal: ctx.signal },
  )
  for (const { circle, currency, net, orders } of sales)
    facts.get(circle)?.revenue.push({ currency, net: net / 100, orders })
  return facts
}
