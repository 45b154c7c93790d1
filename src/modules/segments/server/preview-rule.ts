import type { Rule } from '#modules/rules/contract.ts'
import { type CompileEnv, compileRule } from '#modules/rules/index.ts'
import type { routes } from '#modules/segments/contract.ts'
import { checkRule } from '#modules/segments/server/check-rule.ts'
import { scopedEnv } from '#modules/segments/server/scoped-env.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import type { QueryOptions } from '#platform/ch/client.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Output } from '#platform/http/define-routes.ts'

// Below this many people an exact count is as fast as a guess.
const estimateAbove = 200_000
// One person in 16: a segment of 10,000 is told to ± 4 %.
const sampleOf = 16

/** How many people the rule holds for, among those the caller may see. */
export async function previewRule(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  input: { rule: Rule; estimate: boolean },
): Promise<Output<typeof routes.preview>> {
  const started = performance.now()
  const { rule, env } = await prepare(deps, ctx, input.rule)
  const isSampled = input.estimate && (await countPeople(deps, ctx)) > estimateAbove
  const { sql, params } = compileRule(rule, isSampled ? sampled(env) : env).countSql()
  const [row] = await deps.ch.query<{ count: number }>(sql, params, askedBy(ctx))
  const count = (row?.count ?? 0) * (isSampled ? sampleOf : 1)
  return { count, exact: !isSampled, tookMs: sinceMs(started) }
}

/** Count per condition and in all, out of one pass over people and events, and some people to look at. */
export async function previewDetail(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  input: { rule: Rule; sample: number },
): Promise<Output<typeof routes.previewDetail>> {
  const started = performance.now()
  const { rule, env } = await prepare(deps, ctx, input.rule)
  const compiled = compileRule(rule, env)
  const [counts, sample] = await Promise.all([
    readCounts(deps, ctx, compiled.conditionCountsSql()),
    input.sample === 0 ? [] : readSample(deps, ctx, compiled.memberSql({ limit: input.sample })),
  ])
  return { ...counts, sample, tookMs: sinceMs(started) }
}

type Compiled = ReturnType<typeof compileRule>

async function readCounts(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  query: ReturnType<Compiled['conditionCountsSql']>,
) {
  const [row] = await deps.ch.query<{ total: number; counts: number[] }>(
    query.sql,
    query.params,
    askedBy(ctx),
  )
  const counts = row?.counts ?? []
  return {
    count: counts[0] ?? 0,
    everyone: row?.total ?? 0,
    nodes: Object.fromEntries(query.paths.map((path, i) => [path, counts[i] ?? 0])),
  }
}

async function readSample(deps: SegmentsDeps, ctx: WorkspaceCtx, query: ReturnType<Compiled['memberSql']>) {
  const rows = await deps.ch.query<{ person: number }>(query.sql, query.params, askedBy(ctx))
  return deps.profiles.presentPeople(
    ctx,
    rows.map((row) => row.person),
  )
}

/** A rule from outside, checked, with what is needed to compile it. */
export async function prepare(deps: SegmentsDeps, ctx: WorkspaceCtx, json: unknown) {
  const { segments, lists } = await deps.rules.of(ctx.workspace.num)
  const { rule } = checkRule(json, new Set(segments.keys()), new Set(lists.keys()))
  await deps.profiles.refuseGuessing(ctx, rule)
  return { rule, env: await scopedEnv(deps, ctx) }
}

async function countPeople(deps: SegmentsDeps, ctx: WorkspaceCtx): Promise<number> {
  const [row] = await deps.ch.query<{ n: number }>('SELECT count() AS n FROM people WHERE ws = {ws:UInt32}', {
    ws: ctx.workspace.num,
  })
  return row?.n ?? 0
}

/**
 * One person of sixteen, the same in both tables. On the events it comes after the tests of name and time: as a table
 * of its own it looked up the person of every row, and the estimate took longer than the count (1.4 s of 20 M events).
 */
function sampled(env: CompileEnv): CompileEnv {
  const isIn = (person: string): string => `cityHash64(${person}) % ${sampleOf} = 0`
  const mine = env.scope ? `(${env.scope.sql}) AND ` : ''
  return {
    ...env,
    sample: isIn,
    scope: { sql: `${mine}${isIn('person')}`, params: env.scope?.params ?? {} },
  }
}

// ClickHouse goes on for a client that hung up unless it is told not to.
const askedBy = (ctx: WorkspaceCtx): QueryOptions => ({
  signal: ctx.signal,
  settings: { cancel_http_readonly_queries_on_client_close: 1 },
})

const sinceMs = (started: number): number => Math.round(performance.now() - started)
