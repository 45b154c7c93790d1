import type { z } from 'zod'
import { scopeInClickHouse } from '#modules/access/index.ts'
import type { Company, routes } from '#modules/companies/contract.ts'
import type { CircleDeps } from '#modules/companies/server/circle-deps.ts'
import { activeSql, countedSql, seenSql } from '#modules/companies/server/circle-facts.ts'
import { readCircles } from '#modules/companies/server/circle-store.ts'
import { presentCompanies } from '#modules/companies/server/present-company.ts'
import { compileWhere } from '#modules/rules/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'

type ListQuery = z.infer<typeof routes.list.query>
type Question = z.infer<typeof routes.count.query>
type Place = { value: number | string; circle: number }

/** Companies the caller may see, sorted, one page at a time. */
export async function listCompanies(
  deps: CircleDeps,
  ctx: WorkspaceCtx,
  query: ListQuery,
): Promise<{ items: Company[]; next: string | null }> {
  const after = placeOf(query)
  const filter = await filterOf(deps, ctx, query)
  const down = query.sort.startsWith('-')
  const { sql, params } = sourceOf(deps, ctx, query.sort.replace('-', ''), filter.sql)
  const type = query.sort.endsWith('name') ? 'String' : 'Int64'
  const later = after
    ? `(value ${down ? '<' : '>'} {after_value:${type}} OR (value = {after_value:${type}} AND circle > {after_circle:UInt64}))`
    : '1'
  const rows = await deps.ch.query<Place>(
    `SELECT circle, value FROM (${sql}) WHERE ${later}
     ORDER BY value ${down ? 'DESC' : 'ASC'}, circle LIMIT {page_limit:UInt32}`,
    {
      ...filter.params,
      ...params,
      page_limit: query.limit + 1,
      ...(after ? { after_value: after.value, after_circle: after.circle } : {}),
    },
    { signal: ctx.signal },
  )
  const page = rows.slice(0, query.limit)
  const found = await deps.database.read(ctx, (tx) =>
    readCircles(
      tx,
      page.map((row) => row.circle),
    ),
  )
  const byNum = new Map(found.map((row) => [row.num, row]))
  const items = await presentCompanies(
    deps,
    ctx,
    page.flatMap((row) => byNum.get(row.circle) ?? []),
  )
  const last = page.at(-1)
  return {
    items,
    next: rows.length > query.limit && last ? encodeCursor([query.sort, last.value, last.circle]) : null,
  }
}

/** How many companies the list of the same question has. */
export async function countCompanies(deps: CircleDeps, ctx: WorkspaceCtx, query: Question) {
  const filter = await filterOf(deps, ctx, query)
  const [row] = await deps.ch.query<{ count: number }>(
    `SELECT count() AS count FROM circle FINAL WHERE ${filter.sql}`,
    filter.params,
    { signal: ctx.signal },
  )
  return { count: row?.count ?? 0 }
}

async function filterOf(
  deps: CircleDeps,
  ctx: WorkspaceCtx,
  query: Question,
): Promise<{ sql: string; params: Record<string, unknown> }> {
  const scope = scopeInClickHouse(ctx.scope)
  const conditions = ['ws = {ws:UInt32}', "kind = 'company'", 'deleted = 0', scope.sql]
  const params: Record<string, unknown> = { ws: ctx.workspace.num, ...scope.params }
  const search = query.search?.trim().toLowerCase().toWellFormed() ?? ''
  if (search !== '') {
    conditions.push('position(search, {search:String}) > 0')
    params.search = search
  }
  if (query.owner !== undefined) {
    conditions.push('owner = {owner:String}')
    params.owner = query.owner === 'none' ? '' : query.owner.toWellFormed()
  }
  if (query.where !== undefined && query.where !== '') {
    const compiled = compileWhere(readJson(query.where), 'attrs')
    await deps.profiles.refuseGuessingOfCompanies(ctx, compiled.where)
    conditions.push(compiled.sql)
    Object.assign(params, compiled.params)
  }
  return { sql: conditions.join(' AND '), params }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new AppError('rule.malformed', 'invalid', 'The conditions are not JSON.', {
      details: { path: '' },
      cause: error,
    })
  }
}

function sourceOf(deps: CircleDeps, ctx: WorkspaceCtx, field: string, where: string) {
  const circles = `FROM circle FINAL WHERE ${where}`
  if (field === 'name') return { sql: `SELECT circle, lowerUTF8(name) AS value ${circles}`, params: {} }
  if (field === 'createdAt')
    return { sql: `SELECT circle, toUnixTimestamp64Milli(created) AS value ${circles}`, params: {} }
  const seen = seenSql(ctx)
  const [value, source] =
    field === 'people'
      ? ['toInt64(n.people)', countedSql(deps, seen.sql)]
      : ['n.active', activeSql(deps, seen.sql)]
  return {
    sql: `SELECT c.circle AS circle, ${value} AS value FROM (SELECT circle ${circles}) AS c
      LEFT JOIN (${source}) AS n ON n.circle = c.circle`,
    params: seen.params,
  }
}

function placeOf({ sort, cursor }: ListQuery): Place | undefined {
  const key = decodeCursor(cursor, 3)
  if (!key) return undefined
  const [of, value, circle] = key
  const fits = typeof value === (sort.endsWith('name') ? 'string' : 'number')
  if (of === sort && fits && Number.isSafeInteger(circle))
    return { value: value as number | string, circle: circle as number }
  throw new AppError(
    'request.bad_cursor',
    'invalid',
    'This cursor belongs to another list or sort; start again without it.',
  )
}
