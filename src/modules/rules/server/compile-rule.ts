import type { Rule } from '../contract.ts'
import { compileCondition, requiredEventConditions } from './compile-condition.ts'
import { childrenOf } from './evaluate.ts'
import type { Restriction } from './scan-sql.ts'
import { circlesScan, eventsScan, peopleScan } from './scan-sql.ts'
import type { Params } from './sql-bindings.ts'
import type { Compilation, CompileEnv } from './sql-compilation.ts'
import { newCompilation } from './sql-compilation.ts'

/** SQL and its bound parameters, as the ClickHouse client takes them (`query_params`). */
export type BoundQuery = { sql: string; params: Params }

/** Columns of `people` that a set query may hand on. */
export type PeopleColumn =
  | 'person'
  | 'attrs'
  | 'tags'
  | 'identifiers'
  | 'first_seen'
  | 'last_seen'
  | 'owner'
  | 'department'

export type CompiledRule = {
  /** `SELECT <columns>` of everybody in the set, in no order; wrap it as a subquery to sort or count. */
  setSql(options?: { columns?: readonly PeopleColumn[]; only?: Restriction }): BoundQuery
  /** One row: `count`. */
  countSql(): BoundQuery
  /** One row: `total` people, and `counts`, one number per entry of `paths` (the rule's nodes, root first). */
  conditionCountsSql(): BoundQuery & { paths: string[] }
  /** A page of `person`, ascending, after the last one seen. */
  memberSql(page: { after?: number; limit: number; columns?: readonly PeopleColumn[] }): BoundQuery
}

/** Compiles a checked rule for one moment (`env.now`). Each query binds its values anew; nothing is shared. */
export function compileRule(rule: Rule, env: CompileEnv): CompiledRule {
  return {
    setSql: ({ columns = ['person'], only } = {}) =>
      setQuery(rule, env, columns, { only }, columns.map(fromPeople), ''),
    countSql: () => setQuery(rule, env, ['person'], {}, ['count() AS count'], ''),
    conditionCountsSql: () => conditionCounts(rule, env),
    memberSql: ({ after, limit, columns = ['person'] }) =>
      setQuery(rule, env, columns, { after }, columns.map(fromPeople), '\nORDER BY person', limit),
  }
}

const fromPeople = (column: string): string => `p.${column} AS ${column}`

type Limits = { after?: number | undefined; only?: Restriction | undefined }

function setQuery(
  rule: Rule,
  env: CompileEnv,
  columns: readonly string[],
  limits: Limits,
  select: string[],
  tail: string,
  limit?: number,
): BoundQuery {
  const c = newCompilation(env, false, limits.only)
  const condition = compileCondition(c, rule)
  const people = peopleScan(c, ['person', ...columns.filter((column) => column !== 'person')], limits)
  const from = `FROM (\n${indent(people)}\n) AS p${joinEvents(c, rule, condition.idle === false, limits.only)}`
  const end = limit === undefined ? tail : `${tail}\nLIMIT ${c.bindings.bind('UInt64', limit)}`
  return finish(c, `SELECT ${select.join(', ')}\n${from}\nWHERE ${condition.sql}${end}`)
}

// Nobody without events can be in: then only people who pass the required conditions are joined at all.
function joinEvents(c: Compilation, rule: Rule, needsEvents: boolean, only?: Restriction): string {
  const circles = joinCircles(c, false, only)
  if (c.eventBits.size === 0) return circles
  const required = needsEvents ? requiredEventConditions(c, rule) : []
  const anyBit = [...c.eventBits.values()].map((bit) => bit.alias).join(' OR ')
  const events = eventsScan(c, required.length > 0 ? required.join(' AND ') : anyBit, [], only)
  return `\n${needsEvents ? 'INNER' : 'LEFT'} JOIN (\n${indent(events)}\n) AS e ON e.person = p.person${circles}`
}

/** Companies and households, for rules that ask for them. */
export function joinCircles(c: Compilation, withFlips: boolean, only: Restriction | undefined): string {
  if (c.circleBits.size === 0) return ''
  return `\nLEFT JOIN (\n${indent(circlesScan(c, withFlips, only))}\n) AS k ON k.person = p.person`
}

function conditionCounts(rule: Rule, env: CompileEnv): BoundQuery & { paths: string[] } {
  const c = newCompilation(env, false)
  const nodes = nodesOf(rule, '')
  const conditions = nodes.map(([, node]) => compileCondition(c, node).sql)
  const people = peopleScan(c, ['person'], {})
  const counts = `[${conditions.map((sql) => `countIf(${sql})`).join(', ')}]`
  const from = `FROM (\n${indent(people)}\n) AS p${joinEvents(c, rule, false)}`
  return {
    ...finish(c, `SELECT count() AS total, ${counts} AS counts\n${from}`),
    paths: nodes.map(([path]) => path),
  }
}

function nodesOf(rule: Rule, path: string): [string, Rule][] {
  return [[path, rule], ...childrenOf(rule).flatMap(([key, child]) => nodesOf(child, `${path}${key}`))]
}

export function indent(sql: string): string {
  return sql.replaceAll(/^/gm, '  ')
}

export function finish(c: Compilation, sql: string): BoundQuery {
  return { sql, params: { ...c.env.scope?.params, ...c.env.sample?.params, ...c.bindings.params } }
}
