import type { AskedQuestion } from '#modules/analytics/web/kind-view.ts'
import type { AlertInterval } from '../contract/condition.ts'

export type WatchableQuestion = Extract<AskedQuestion, { kind: 'trend' | 'funnel' | 'retention' }>

/** Kinds of analyses that have a number for every day; of the others nothing can be watched. */
export const isWatchable = (question: { kind: string } | undefined): question is WatchableQuestion =>
  question !== undefined && ['trend', 'funnel', 'retention'].includes(question.kind)

export const intervalOf = (question: WatchableQuestion): AlertInterval => question.interval ?? 'day'
