import { z } from 'zod'
import { FunnelQuestion, funnelOrders } from '../../contract/funnel.ts'
import { WhereList } from '../../contract/question.ts'
import type { PartProps } from '../kind-view.ts'
import { optionsOf, type QuestionState } from '../question-state.ts'

/** What only funnels ask, as it stands in the address. */
export const FunnelOptions = z.object({
  tab: z.enum(['steps', 'times', 'trend', 'correlation']).optional().catch(undefined),
  /** Of the trend: from which step to which; else from the first to the last. */
  between: z
    .tuple([z.int().min(1), z.int().min(2)])
    .optional()
    .catch(undefined),
  order: z.enum(funnelOrders).optional().catch(undefined),
  window: FunnelQuestion.shape.window.unwrap().optional().catch(undefined),
  exclusions: z
    .array(
      z.object({
        event: z.string().nullable(),
        where: WhereList.optional(),
        between: z.tuple([z.int(), z.int()]),
      }),
    )
    .optional()
    .catch(undefined),
  correlate: FunnelQuestion.shape.correlate.catch(undefined),
  hold: z.string().optional().catch(undefined),
  start: z.enum(['latest', 'first']).optional().catch(undefined),
  count: z.enum(['people', 'sessions']).optional().catch(undefined),
  gap: z.int().min(1).max(10_080).optional().catch(undefined),
  attribution: FunnelQuestion.shape.attribution.unwrap().optional().catch(undefined),
})
export type FunnelOptions = z.infer<typeof FunnelOptions>
export type Exclusion = NonNullable<FunnelOptions['exclusions']>[number]

export const funnelOptions = (state: QuestionState): FunnelOptions =>
  optionsOf(state, 'funnel', FunnelOptions) ?? {}

/** Changes some of them and keeps the rest. */
export const withOptions = (state: QuestionState, change: Partial<FunnelOptions>) => ({
  options: { ...state.options, funnel: { ...funnelOptions(state), ...change } },
})

export const setOptions =
  ({ state, onChange }: PartProps) =>
  (change: Partial<FunnelOptions>) =>
    onChange(withOptions(state, change))

/** Of people only; what else they did belongs to no value that is held. */
export const canCorrelate = ({ count, hold, correlate }: FunnelOptions): boolean =>
  count !== 'sessions' && (hold === undefined || Array.isArray(correlate))
