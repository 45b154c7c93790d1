import type { Rule } from '#modules/rules/contract.ts'
import { type CompileEnv, compileRule, nameMe } from '#modules/rules/index.ts'
import type { routes } from '#modules/segments/contract.ts'
import { checkRule } from '#modules/segments/server/check-rule.ts'
import {
  type Block,
  blockWidth,
  drawSample,
  estimateFrom,
  overSample,
  type Sample,
} from '#modules/segments/server/draw-sample.ts'
import { scopedEnv } from '#modules/segments/server/scoped-env.ts'
import type { SegmentsDeps } from '#modules/segments/server/segments-deps.ts'
import type { QueryOptions } from '#platform/ch/client.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Output } from '#platform/http/define-routes.ts'

// Below this many people an exact count is as fast as a guess.
const estimateAbove = 200_000

/** How many people the rule holds for, among those the caller may see. */
export async function previewRule(
  deps: SegmentsDeps,
  ctx: WorkspaceCtx,
  input: { rule: Rule; estimate: boolean },
): Promise<Output<typeof routes.preview>> {
  const started = performance.now()
  const { rule, env } = await prepare(deps, ctx, input.rule)
  const sample = input.estimate ? await sampleOfPeople(deps, ctx) : undefined
  const answer = sample ? await estimate(deps, ctx, rule, env, sample) : await count(deps, ctx, rule, env)
  return { ...answer, exact: !sample, tookMs: sinceMs(started) }
}

async function count(deps: SegmentsDeps, ctx: WorkspaceCtx, rule: Rule, env: CompileEnv) {
  const { sql, params } = compileRule(rule, env).countSql()
  const [row] = await deps.ch.query<{ count: number }>(sql, params, askedBy(ctx))
  return { count: row?.count ?? 0, margin: 0 }
}

async function estimate(deps: SegmentsDeps, ctx: WorkspaceCtx, rule: Rule, env: CompileEnv, sample: Sample) {
  const { sql, params } = compileRule(rule, overSample(env, sample, deps.ch.database)).setSql()
  const rows = await deps.ch.query<{ block: number; found: number }>(
    `SELECT intDiv(person, {sample_width:UInt64}) AS block, count() AS found FROM (${sql}) GROUP BY block`,
    params,
    askedBy(ctx),
  )
  return estimateFrom(sample, new Map(rows.map((row) => [row.block, row.found])))
}

const people = 'FROM people WHERE ws = {ws:UInt32}'

/**
 * The people an estimate looks at; nobody where there are so few that all are counted. The same people for every rule
 * of a workspace, so that of two rules the narrower one is never estimated larger.
 */
async function sampleOfPeople(deps: SegmentsDeps, ctx: WorkspaceCtx): Promise<Sample | undefined> {
  const ws = ctx.workspace.num
  const [all] = await deps.ch.query<{ n: number; first: number; last: number }>(
    // By the sort key, not min and max: those read every number.
    `SELECT count() AS n, (SELECT person ${people} ORDER BY person LIMIT 1) AS first,
       (SELECT person ${people} ORDER BY person DESC LIMIT 1) AS last ${people}`,
    { ws },
  )
  if (!all || all.n <= estimateAbove) return undefined
  const width = blockWidth(all.first, all.last)
  const blocks = await deps.ch.query<Block>(
    `SELECT intDiv(person, {width:UInt64}) AS block, count() AS people ${people} GROUP BY block`,
    { ws, width },
  )
  return drawSample(blocks, width, ws)
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
  const checked = checkRule(json, new Set(segments.keys()), new Set(lists.keys()))
  const rule = nameMe(checked.rule, ctx.actor)
  await deps.profiles.refuseGuessing(ctx, rule)
  return { rule, env: await scopedEnv(deps, ctx) }
}

// ClickHouse goes on for a client that hung up unless it is told not to.
const askedBy = (ctx: WorkspaceCtx): QueryOptions => ({
  signal: ctx.signal,
  settings: { cancel_http_readonly_queries_on_client_close: 1 },
})

const sinceMs = (started: number): number => Math.round(performance.now() - started)
