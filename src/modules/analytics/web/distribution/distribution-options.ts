import { z } from 'zod'
import { DistributionMeasure, DistributionQuestion, periods } from '../../contract/distribution.ts'
import { optionsOf, type QuestionState } from '../question-state.ts'

/** What only distributions ask, as it stands in the address; `value`: which combination is shown by period. */
export const DistributionOptions = z.object({
  measure: DistributionMeasure.optional().catch(undefined),
  by: z.enum(periods).optional().catch(undefined),
  brackets: DistributionQuestion.shape.brackets.unwrap().optional().catch(undefined),
  value: z.number().int().min(0).optional().catch(undefined),
})
export type DistributionOptions = z.infer<typeof DistributionOptions>

export const distributionOptions = (state: QuestionState): DistributionOptions =>
  optionsOf(state, 'distribution', DistributionOptions) ?? {}

export const withDistribution = (state: QuestionState, change: Partial<DistributionOptions>) => ({
  options: { ...state.options, distribution: { ...distributionOptions(state), ...change } },
})

/** "1, 3，7" as bounds that go up; undefined for anything else. */
export function readBounds(text: string): number[] | undefined {
  const parts = text.split(/[\s,，、;；]+/).filter((part) => part !== '')
  const bounds = [...new Set(parts.map(Number))].toSorted((a, b) => a - b)
  const read = DistributionQuestion.shape.brackets.safeParse(bounds)
  return read.success && bounds.length > 0 ? read.data : undefined
}
