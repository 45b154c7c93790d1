import { z } from 'zod'
import { IntervalQuestion, pairings } from '../../contract/interval.ts'
import type { PartProps } from '../kind-view.ts'
import { optionsOf, type QuestionState } from '../question-state.ts'

/** What only intervals ask, as it stands in the address. */
export const IntervalOptions = z.object({
  tab: z.enum(['times', 'trend']).optional().catch(undefined),
  pairing: z.enum(pairings).optional().catch(undefined),
  most: IntervalQuestion.shape.max_gap.unwrap().optional().catch(undefined),
  hold: z.string().optional().catch(undefined),
  /** Minutes of a pause that ends a visit; both events in one visit. */
  gap: z.int().min(1).max(10_080).optional().catch(undefined),
  bins: z.enum(['even', 'usual']).optional().catch(undefined),
  /** Which combination the bins are of; without, everybody. */
  value: z.number().int().min(0).optional().catch(undefined),
})
export type IntervalOptions = z.infer<typeof IntervalOptions>

export const intervalOptions = (state: QuestionState): IntervalOptions =>
  optionsOf(state, 'interval', IntervalOptions) ?? {}

export const withIntervalOptions = (state: QuestionState, change: Partial<IntervalOptions>) => ({
  options: { ...state.options, interval: { ...intervalOptions(state), ...change } },
})

export const setIntervalOptions =
  ({ state, onChange }: PartProps) =>
  (change: Partial<IntervalOptions>) =>
    onChange(withIntervalOptions(state, change))

const [minute, hour, day] = [60, 3600, 86_400]
/** Lengths of time people think in, as bounds of bins. */
export const usualBrackets = [minute, 10 * minute, hour, 6 * hour, day, 3 * day, 7 * day, 14 * day, 30 * day]
