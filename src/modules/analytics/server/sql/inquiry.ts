import { scopeInClickHouse } from '#modules/access/index.ts'
import type { AnyQuestion } from '#modules/analytics/server/analysis.ts'
import type { AnalyticsDeps } from '#modules/analytics/server/analytics-deps.ts'
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
  ask<T>(sql: string): Promise<T[]>
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
  const { conditions, params } = await whom(deps, ctx, question.audience, bindings)
  const scope = scopeInClickHouse(ctx.scope)
  return {
    ctx,
    zone,
    bindings,
    days: resolveRange(question.range, ctx.now, zone),
    person: deps.profiles.personOf('unit', 'time'),
    whom: conditions,
    scope: scope.sql,
    mask: await deps.profiles.mask(ctx),
    ask: (sql) => askEngine(deps, ctx, sql, { ...scope.params, ...params, ...bindings.params }),
  }
}

/** Conditions on `person` of whom the caller may ask: the audience, their data scope, nobody in the bin. */
export async function whom(
  deps: Pick<AnalyticsDeps, 'database' | 'audience'>,
  ctx: WorkspaceCtx,
  audience: Rule | undefined,
  bindings: Bindings,
): Promise<{ conditions: string[]; params: Params }> {
  const rule = audience ?? (ctx.scope.all ? undefined : everyone)
  if (rule === undefined) {
    const trashed = await deps.database.read(ctx, (tx) => everybodyInBin(tx, mostListed + 1))
    if (trashed.length === 0) return { conditions: [], params: {} }
    if (trashed.length <= mostListed)
      return { conditions: [`person NOT IN ${bindings.bind('Array(UInt64)', trashed)}`], params: {} }
  }
  const checked = await deps.audience(ctx, rule ?? everyone)
  const { sql, params } = compileRule(checked.rule, checked.env).setSql()
  return { conditions: [`person IN (\n${sql}\n)`], params: params as Params }
}
