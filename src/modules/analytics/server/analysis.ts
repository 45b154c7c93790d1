import type { AnswerOf, CellOf, Kind, QuestionOf } from '#modules/analytics/contract/kinds.ts'
import type { answered, BreakdownBy, EventChoice, Range } from '#modules/analytics/contract/question.ts'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'

/** What a question names, for the checks all kinds share; `at` is the place in the body, for faults. */
export type Named = {
  events: { at: string; choice: EventChoice }[]
  /** Properties whose numbers or values it works with. */
  props: { at: string; prop: string }[]
  breakdown?: readonly BreakdownBy[] | undefined
}

/**
 * One kind of analysis. It has one inner query, rows of `person` and what is needed to tell cells apart, and two outer
 * ones over it: `numbers` groups it, `people` selects from it. So the two can never disagree.
 */
export type Analysis<K extends Kind> = {
  /** Of what the common checks must know. */
  names(question: QuestionOf<K>): Named
  /** Asks and presents. What is common to all answers (`kind`, range, zone, time taken) is added by the caller. */
  numbers(inquiry: Inquiry, question: QuestionOf<K>): Promise<Numbers<K>>
  /** SELECT of `person` behind the cell; a person may come several times. */
  people(inquiry: Inquiry, question: QuestionOf<K>, cell: CellOf<K>): Promise<string>
}
export type Numbers<K extends Kind> = Omit<AnswerOf<K>, keyof typeof answered | 'kind'>
export type AnyQuestion = QuestionOf<Kind> & { range: Range }
