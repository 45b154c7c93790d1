import type { EventChoice } from '../contract/question.ts'
import type { StateEvent } from './question-state.ts'

/** The event of a question that asks for no maths. */
export const choiceOf = ({ event, where, or }: StateEvent): EventChoice => ({
  event,
  ...(where ? { where } : {}),
  ...(or ? { or } : {}),
})
