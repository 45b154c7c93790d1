import type { Answer, Question } from '#modules/analytics/contract/kinds.ts'
import { analysisOf } from '#modules/analytics/server/analyses.ts'
import type { AnyQuestion } from '#modules/analytics/server/analysis.ts'
import type { AnalyticsDeps } from '#modules/analytics/server/analytics-deps.ts'
import { checkQuestion } from '#modules/analytics/server/check-question.ts'
import { keptOrAnew } from '#modules/analytics/server/kept/kept-or-anew.ts'
import { openInquiry } from '#modules/analytics/server/sql/inquiry.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

/** The numbers of a question, of people the caller may see; with `refresh` computed anew, whatever is kept. */
export async function answerQuestion(
  deps: AnalyticsDeps,
  ctx: WorkspaceCtx,
  question: Question,
  refresh = false,
): Promise<Answer> {
  const started = performance.now()
  const analysis = analysisOf(question.kind)
  await checkQuestion(deps, ctx, question, analysis.names(question))
  const inquiry = await openInquiry(deps, ctx, question)
  const open = (some: AnyQuestion, signal: AbortSignal) => openInquiry(deps, { ...ctx, signal }, some)
  const { numbers, computedAt, cached } = await keptOrAnew(deps, ctx, inquiry, {
    question,
    analysis,
    open,
    refresh,
  })
  const { from, to } = inquiry.days
  return {
    ...{ kind: question.kind, range: { from, to }, zone: inquiry.zone },
    ...{
      tookMs: Math.round(performance.now() - started),
      computedAt: new Date(computedAt).toISOString(),
      cached,
    },
    ...(numbers as object),
  } as Answer
}
