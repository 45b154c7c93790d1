import { scopeInClickHouse } from '#modules/access/index.ts'
import type { AnyQuestion } from '#modules/analytics/server/analysis.ts'
import type { AnalyticsDeps } from '#modules/analytics/server/analytics-deps.ts'
import { openReads, type Reads } from '#modules/analytics/server/kept/reads.ts'
import { askEngine } from '#modules/analytics/server/sql/ask-engine.ts'
import { type Days, resolveRange } from '#modules/analytics/server/sql/resolve-range.ts'
import { everybodyInBin, type Mask } from '#modules/profiles/index.ts'
import type { Rule } from '#modules/rules/contract.ts'
import { type Bindings, compileRule, newBindings, type Params } from '#modules/rules/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

/** One question being answered: whose, when, of whom; and the one way to ask the engine for it. */
export type Inquiry = {
  ctx: WorkspaceCtx
  /** The days asked for, resolved. */
  days: Days
  zone: string
  /** Values of this question; every one reaches SQL through here. */
  bindings: Bindings
  /** SQL of the person of an event, now. */
  person: string
  /** Whom the question is about, as conditions on `person`: the audience, the caller's scope, nobody in the bin. */
  whom: readonly string[]
  /** The caller's data scope as a condition on a row of `people`; for what is not only about the audience. */
  scope: string
  mask: Mask
  /** Values that conditions of `whom` and `scope` use; with their SQL they say whom it is about. */
  given: Params
  /** What the question reads; whoever builds SQL notes it there. */
  reads: Reads
  /** False: whom it is about may change with every moment. */
  isKeepable: boolean
  ask<T>(sql: string): Promise<T[]>
  /** The same, ended by another signal. */
  until(signal: AbortSignal): Inquiry
}

// More of them than this are looked up among people instead of being listed.
const mostListed = 20_000
const everyone: Rule = { all: [] }

/** Prepares what all queries of a question share. */
export async function openInquiry(
  deps: AnalyticsDeps,
  ctx: WorkspaceCtx,
  question: AnyQuestion,
): Promise<Inquiry> {
  const zone = ctx.workspace.timezone
  const bindings = newBindings('q')
  const { conditions, params, isOfPeople, isKeepable } = await whom(deps, ctx, question.audience, bindings)
  const scope = scopeInClickHouse(ctx.scope)
  const reads = openReads(ctx.now)
  if (isOfPeople) reads.people()
  const opened = (own: WorkspaceCtx): Inquiry => ({
    ...{ ctx: own, zone, bindings, ...common },
    ask: (sql) => askEngine(deps, own, sql, { ...scope.params, ...params, ...bindings.params }),
    until: (signal) => opened({ ...own, signal }),
  })
  const common = {
    days: resolveRange(question.range, ctx.now, zone),
    person: deps.profiles.personOf('unit', 'time'),
    whom: conditions,
    scope: scope.sql,
    mask: await deps.profiles.mask(ctx),
    given: { ...scope.params, ...params, ...bindings.params },
    reads,
    isKeepable,
  }
  return opened(ctx)
}

/** Conditions on `person` of whom the caller may ask: the audience, their data scope, nobody in the bin. */
export async function whom(
  deps: Pick<AnalyticsDeps, 'database' | 'audience'>,
  ctx: WorkspaceCtx,
  audience: Rule | undefined,
  bindings: Bindings,
): Promise<Whom> {
  const rule = audience ?? (ctx.scope.all ? undefined : everyone)
  if (rule === undefined) {
    const trashed = await deps.database.read(ctx, (tx) => everybodyInBin(tx, mostListed + 1))
    if (trashed.length === 0) return { ...everybody, conditions: [] }
    if (trashed.length <= mostListed)
      return { ...everybody, conditions: [`person NOT IN ${bindings.bind('Array(UInt64)', trashed)}`] }
  }
  const checked = await deps.audience(ctx, rule ?? everyone)
  const { sql, params } = compileRule(checked.rule, checked.env).setSql()
  const later = compileRule(checked.rule, { ...checked.env, now: checked.env.now + 40 * 86_400_000 }).setSql()
  const isKeepable = !isOfOthers.test(sql) && JSON.stringify(later.params) === JSON.stringify(params)
  return { conditions: [`person IN (\n${sql}\n)`], params: params as Params, isOfPeople: true, isKeepable }
}

/** Conditions on `person`, and what they follow from: the state of people, and moments that pass by themselves. */
export type Whom = { conditions: string[]; params: Params; isOfPeople: boolean; isKeepable: boolean }

const everybody = { params: {}, isOfPeople: false, isKeepable: true }
// Rules about what people did, lists and companies follow from more than is noted of changes. Values are bound, so what
// stands in the SQL are names of tables.
const isOfOthers = /\b(events|list_unit|circle\w*)\b/
