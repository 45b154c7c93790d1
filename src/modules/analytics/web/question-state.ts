import { z } from 'zod'
import { BreakdownBy, Compare, Interval, Range, WhereList } from '../contract/question.ts'
import { TrendMath } from '../contract/trend.ts'
import { partsShown } from './parts.ts'

const Alternative = z.object({ event: z.string().nullable(), where: WhereList.optional() })
/** An event of the question as it is edited: `''` while none is chosen, null for anything. */
export const StateEvent = Alternative.extend({
  or: z.array(Alternative).optional(),
  math: TrendMath.optional(),
  prop: z.string().optional(),
  name: z.string().optional(),
})
export type StateEvent = z.infer<typeof StateEvent>

/**
 * The question as it stands in the address, in terms all kinds share, so that switching the kind keeps it. What only one
 * kind asks stands in `options` under its name. A damaged part is left out, the rest stays.
 */
export const QuestionState = z.object({
  kind: z.string().max(40).optional().catch(undefined),
  events: z.array(StateEvent).max(20).optional().catch(undefined),
  breakdown: z.array(BreakdownBy).max(3).optional().catch(undefined),
  audience: z.record(z.string(), z.unknown()).optional().catch(undefined),
  range: Range.optional().catch(undefined),
  interval: Interval.optional().catch(undefined),
  compare: Compare.optional().catch(undefined),
  options: z.record(z.string(), z.record(z.string(), z.unknown())).optional().catch(undefined),
  /** Id of the saved analysis it was opened as. */
  saved: z.string().max(64).optional().catch(undefined),
  /** Whose people are shown: the cell, in the words of its kind. */
  cell: z.record(z.string(), z.unknown()).optional().catch(undefined),
})
export type QuestionState = z.infer<typeof QuestionState>

export const defaultRange: Range = { last: 30, unit: 'day' }

/** Events that are whole: chosen, and their conditions finished. */
export const chosenEvents = (state: QuestionState): StateEvent[] =>
  (state.events ?? []).filter(({ event }) => event !== '')

/** What all kinds send alike. */
export function commonPart(state: QuestionState) {
  return {
    range: state.range ?? defaultRange,
    ...(state.audience ? { audience: state.audience as never } : {}),
  }
}

/** By values and against another period, for kinds that do both. */
export function brokenDownPart(state: QuestionState) {
  return {
    ...(state.breakdown ? { breakdown: state.breakdown, top: partsShown } : {}),
    ...(state.compare ? { compare: state.compare } : {}),
  }
}

/** The options of one kind, read by its own schema. */
export function optionsOf<T>(state: QuestionState, kind: string, schema: z.ZodType<T>): T | undefined {
  const read = schema.safeParse(state.options?.[kind] ?? {})
  return read.success ? read.data : undefined
}
