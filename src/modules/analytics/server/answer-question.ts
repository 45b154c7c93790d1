import type { Answer, Question } from '#modules/analytics/contract/kinds.ts'
import { analysisOf } from '#modules/analytics/server/analyses.ts'
import type { AnalyticsDeps } from '#modules/analytics/server/analytics-deps.ts'
import { checkQuestion } from '#modules/analytics/server/check-question.ts'
import { openInquiry } from '#modules/analytics/server/sql/inquiry.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

/** The numbers of a question, of people the caller may see. */
export async function answerQuestion(
  deps: AnalyticsDeps,
  ctx: WorkspaceCtx,
  question: Question,
): Promise<Answer> {
  const started = performance.now()
  const analysis = analysisOf(question.kind)
  await checkQuestion(deps, ctx, question, analysis.names(question))
  const inquiry = await openInquiry(deps, ctx, question)
  const numbers = await analysis.numbers(inquiry, question)
  const { from, to } = inquiry.days
  const common = { range: { from, to }, zone: inquiry.zone, tookMs: Math.round(performance.now() - started) }
  return { kind: question.kind, ...common, ...numbers } as Answer
}
