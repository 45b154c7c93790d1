import { z } from 'zod'
import { CompositionAnswer, CompositionPeopleQuestion, CompositionQuestion } from './composition.ts'
import { FunnelAnswer, FunnelPeopleQuestion, FunnelQuestion } from './funnel.ts'
import { TrendAnswer, TrendPeopleQuestion, TrendQuestion } from './trend.ts'

// One line a kind in each of the three; what a kind is stands in its own file beside this one.
export const Question = z.discriminatedUnion('kind', [TrendQuestion, FunnelQuestion, CompositionQuestion])
export const PeopleQuestion = z.discriminatedUnion('kind', [
  TrendPeopleQuestion,
  FunnelPeopleQuestion,
  CompositionPeopleQuestion,
])
export const Answer = z.discriminatedUnion('kind', [TrendAnswer, FunnelAnswer, CompositionAnswer])

export type Question = z.infer<typeof Question>
export type PeopleQuestion = z.infer<typeof PeopleQuestion>
export type Answer = z.infer<typeof Answer>
export type Kind = Question['kind']
export type QuestionOf<K extends Kind> = Extract<Question, { kind: K }>
export type CellOf<K extends Kind> = Extract<PeopleQuestion, { kind: K }>['cell']
export type AnswerOf<K extends Kind> = Extract<Answer, { kind: K }>
