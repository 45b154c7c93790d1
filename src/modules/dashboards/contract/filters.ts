import type { Question, Range } from '#modules/analytics/contract.ts'
import type { Rule } from '#modules/rules/contract.ts'
import type { Filters } from './board.ts'

type Asked = { range?: Range; audience?: Rule; compare?: unknown }

/**
 * A tile's question as the board asks it: the board's range stands in place of the tile's, and its audience narrows the
 * tile's, because "paying students" must stay paying students under the same title. A comparison with fixed days would
 * compare apples with pears, so it becomes the period before.
 */
export function withFilters<Q extends { kind: string }>(question: Q, filters: Filters, own = false): Q {
  if (own) return question
  const asked = { ...question } as Q & Asked
  if (filters.range && 'range' in question) {
    asked.range = filters.range
    if (typeof asked.compare === 'object') asked.compare = 'previous'
  }
  if (filters.audience)
    asked.audience = asked.audience ? { all: [asked.audience, filters.audience] } : filters.audience
  return asked
}

/** A trend as a number tile asks it: one whole beside that of the period before, in no parts. */
export function asNumber(question: Question): Question {
  if (question.kind !== 'trend') return question
  const { breakdown: _breakdown, moving_average: _average, ...rest } = question
  return { ...rest, cumulative: false, compare: question.compare ?? 'previous' }
}
