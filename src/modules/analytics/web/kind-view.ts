import type { ComponentType, ReactNode } from 'react'
import type { z } from 'zod'
import type { Kind, PeopleQuestion, Question } from '../contract/kinds.ts'
import type { Range } from '../contract/question.ts'
import type { routes } from '../contract.ts'
import type { QuestionState } from './question-state.ts'

export type AskedQuestion = Extract<z.input<typeof Question>, { kind: Kind }>
export type AskedPeople = z.input<(typeof routes.people)['body']>
export type AnyAnswer = z.output<(typeof routes.query)['returns']>
export type AnyCell = PeopleQuestion['cell']

export type PartProps = { state: QuestionState; onChange: (change: Partial<QuestionState>) => void }
export type ResultProps<K extends Kind = Kind> = {
  question: Extract<AskedQuestion, { kind: K }>
  answer: Extract<AnyAnswer, { kind: K }>
  /** Opens the people behind a number. */
  onCell: (cell: Extract<PeopleQuestion, { kind: K }>['cell'], title: string) => void
}

/** One kind of analysis on the screen: how the shared question becomes its own, and how its answer is shown. */
export type KindView<K extends Kind = Kind> = {
  kind: K
  icon: ReactNode
  /** Hooks, because words follow the language. */
  useTitle: () => string
  /** "How it is counted": one sentence each. */
  useNotes: () => string[]
  /** Which parts of the shared bar it has a use for. */
  uses: { breakdown: boolean; interval: boolean; compare: boolean; maths: boolean; mostEvents: number }
  /** What the breakdown offers besides attributes of people: properties of this event, or `null`: none. Left out: of the first event. */
  breakdownOf?: (state: QuestionState) => string | null
  /** The days asked about while none are chosen, where a month says too little. */
  range?: Range
  /** Undefined while the question is not finished. */
  question: (state: QuestionState) => Extract<AskedQuestion, { kind: K }> | undefined
  /** In place of the lines of events, where their order means something. */
  Events?: ComponentType<PartProps>
  /** What only this kind asks; stands in `options` of the state. */
  Options?: ComponentType<PartProps>
  Result: ComponentType<ResultProps<K>>
}
