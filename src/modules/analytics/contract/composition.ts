import { z } from 'zod'
import { answered, Compare, common, Interval, questionLimits } from './question.ts'

/** What people are told apart by: an attribute as it is now, or the tags they carry. */
export const CompositionBy = z.union([
  z.strictObject({ attr: z.string().min(1).max(500) }),
  z.strictObject({ tags: z.literal(true) }),
])
export type CompositionBy = z.infer<typeof CompositionBy>

const shape = {
  kind: z.literal('composition'),
  ...common,
  by: CompositionBy,
  /** Of those who were first seen in the range. */
  interval: Interval.exclude(['hour']).default('week'),
  top: z.int().min(1).max(questionLimits.top).default(25),
  /** Who was first seen in another period, by the values of this one. */
  compare: Compare.optional(),
}

export const CompositionQuestion = z.strictObject(shape)
export type CompositionQuestion = z.infer<typeof CompositionQuestion>

/** People with a value; without `value`, all. */
export const CompositionCell = z.strictObject({
  /** null: those who have none; `$other`: those with any value beyond the first `top`. */
  value: z.string().nullable().optional(),
  /** `everyone`: not only the audience. */
  of: z.enum(['audience', 'everyone']).default('audience'),
  /** Only those first seen in the range; with `t` in that bucket. */
  joined: z.boolean().default(false),
  t: z.string().max(40).optional(),
  /** Only those first seen in the period it is compared with; `t` is a bucket of that. */
  compared: z.boolean().default(false),
})
export type CompositionCell = z.infer<typeof CompositionCell>

export const CompositionPeopleQuestion = z.strictObject({ ...shape, cell: CompositionCell })

const ofValue = { value: z.string().nullable(), other: z.boolean().optional() }
/** Of the audience, first seen in the period. */
const newcomers = {
  joined: z.number().int(),
  points: z.array(z.object({ t: z.string(), joined: z.number().int() })),
}

export const CompositionRow = z.object({
  ...ofValue,
  people: z.number().int(),
  /** Of the audience; of lists and tags the shares may be more than a whole together. */
  share: z.number().nullable(),
  everyone: z.number().int(),
  everyone_share: z.number().nullable(),
  /** 100: as often as among everyone; 200: twice as often. */
  index: z.number().nullable(),
  ...newcomers,
})
export type CompositionRow = z.infer<typeof CompositionRow>

export const CompositionAnswer = z.object({
  kind: z.literal('composition'),
  ...answered,
  interval: Interval,
  people: z.number().int(),
  everyone: z.number().int(),
  joined: z.number().int(),
  values: z.array(CompositionRow),
  /** The same values in the same order. */
  compare: z
    .object({
      range: z.object({ from: z.string(), to: z.string() }),
      joined: z.number().int(),
      values: z.array(z.object({ ...ofValue, ...newcomers })),
    })
    .optional(),
})
export type CompositionAnswer = z.infer<typeof CompositionAnswer>
