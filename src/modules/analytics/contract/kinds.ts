import { z } from 'zod'
import { CompositionAnswer, CompositionPeopleQuestion, CompositionQuestion } from './composition.ts'
import { DistributionAnswer, DistributionPeopleQuestion, DistributionQuestion } from './distribution.ts'
import { FunnelAnswer, FunnelPeopleQuestion, FunnelQuestion } from './funnel.ts'
import { HeatmapAnswer, HeatmapPeopleQuestion, HeatmapQuestion } from './heatmap.ts'
import { IntervalAnswer, IntervalPeopleQuestion, IntervalQuestion } from './interval.ts'
import { LtvAnswer, LtvPeopleQuestion, LtvQuestion } from './ltv.ts'
import { OrdersAnswer, OrdersPeopleQuestion, OrdersQuestion } from './orders.ts'
import { PathAnswer, PathPeopleQuestion, PathQuestion } from './path.ts'
import { RepurchaseAnswer, RepurchasePeopleQuestion, RepurchaseQuestion } from './repurchase.ts'
import { RetentionAnswer, RetentionPeopleQuestion, RetentionQuestion } from './retention.ts'
import { RfmAnswer, RfmPeopleQuestion, RfmQuestion } from './rfm.ts'
import { StickinessAnswer, StickinessPeopleQuestion, StickinessQuestion } from './stickiness.ts'
import { TrendAnswer, TrendPeopleQuestion, TrendQuestion } from './trend.ts'
import {
  UsageLifecycleAnswer,
  UsageLifecyclePeopleQuestion,
  UsageLifecycleQuestion,
} from './usage-lifecycle.ts'

// One line a kind in each of the three; what a kind is stands in its own file beside this one.
export const Question = z
  .discriminatedUnion('kind', [
    TrendQuestion,
    FunnelQuestion,
    PathQuestion,
    CompositionQuestion,
    RetentionQuestion,
    UsageLifecycleQuestion,
    StickinessQuestion,
    RfmQuestion,
    HeatmapQuestion,
    IntervalQuestion,
    DistributionQuestion,
    RepurchaseQuestion,
    LtvQuestion,
    OrdersQuestion,
  ])
  .meta({ id: 'AnalysisQuestion' })
export const PeopleQuestion = z
  .discriminatedUnion('kind', [
    TrendPeopleQuestion,
    FunnelPeopleQuestion,
    PathPeopleQuestion,
    CompositionPeopleQuestion,
    RetentionPeopleQuestion,
    UsageLifecyclePeopleQuestion,
    StickinessPeopleQuestion,
    RfmPeopleQuestion,
    HeatmapPeopleQuestion,
    IntervalPeopleQuestion,
    DistributionPeopleQuestion,
    RepurchasePeopleQuestion,
    LtvPeopleQuestion,
    OrdersPeopleQuestion,
  ])
  .meta({ id: 'AnalysisPeopleQuestion' })
export const Answer = z
  .discriminatedUnion('kind', [
    TrendAnswer,
    FunnelAnswer,
    PathAnswer,
    CompositionAnswer,
    RetentionAnswer,
    UsageLifecycleAnswer,
    StickinessAnswer,
    RfmAnswer,
    HeatmapAnswer,
    IntervalAnswer,
    DistributionAnswer,
    RepurchaseAnswer,
    LtvAnswer,
    OrdersAnswer,
  ])
  .meta({ id: 'AnalysisAnswer' })

export type Question = z.infer<typeof Question>
export type PeopleQuestion = z.infer<typeof PeopleQuestion>
export type Answer = z.infer<typeof Answer>
export type Kind = Question['kind']
export type QuestionOf<K extends Kind> = Extract<Question, { kind: K }>
export type CellOf<K extends Kind> = Extract<PeopleQuestion, { kind: K }>['cell']
export type AnswerOf<K extends Kind> = Extract<Answer, { kind: K }>
