import { z } from 'zod'
import { answered, BreakdownValues, breakdown, Compare, common, EventChoice } from './question.ts'

/** Of events or people, or of the numbers of a property, as trends count them. */
export const HeatmapMath = z.enum(['count', 'people', 'per_person', 'sum'])
export type HeatmapMath = z.infer<typeof HeatmapMath>

/** Monday is 1, as in ISO 8601. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const
export const hoursOfDay = Array.from({ length: 24 }, (_, hour) => hour)
const weekday = z.int().min(1).max(7)
const hour = z.int().min(0).max(23)

const shape = {
  kind: z.literal('heatmap'),
  ...common,
  event: EventChoice,
  math: HeatmapMath.default('count'),
  prop: z.string().min(1).max(500).optional(),
  /**
   * By the clock of the workspace, or by that of the person: the zone an event was sent with (`context.timezone`), else
   * their attribute `timezone`, else the workspace's.
   */
  zone: z.enum(['workspace', 'person']).default('workspace'),
  ...breakdown,
  compare: Compare.optional(),
}

export const HeatmapQuestion = z.strictObject(shape)
export type HeatmapQuestion = z.infer<typeof HeatmapQuestion>

/** Without an hour the whole weekday, without a weekday the hour of every day, without both everything. */
export const HeatmapCell = z.strictObject({
  weekday: weekday.optional(),
  hour: hour.optional(),
  breakdown: BreakdownValues.optional(),
  /** Of the period it is compared with. */
  compared: z.boolean().default(false),
})
export type HeatmapCell = z.infer<typeof HeatmapCell>
export const HeatmapPeopleQuestion = z.strictObject({ ...shape, cell: HeatmapCell })

// Null: nobody to take a mean of.
const value = z.number().nullable()
const heat = {
  /** All 168, by weekday and hour. */
  cells: z.array(z.object({ weekday, hour, value })),
  /** Counted anew, so that nobody counts twice; `days`: how often the weekday comes in the range. */
  weekdays: z.array(z.object({ weekday, value, days: z.number().int() })),
  hours: z.array(z.object({ hour, value })),
  total: value,
}
const Heat = z.object(heat)
export type Heat = z.infer<typeof Heat>
const heats = {
  ...heat,
  /** With a breakdown: of each combination. */
  values: z
    .array(z.object({ ...heat, breakdown: BreakdownValues, other: z.boolean().optional() }))
    .optional(),
}

export const HeatmapAnswer = z.object({
  kind: z.literal('heatmap'),
  ...answered,
  ...heats,
  compare: z.object({ range: z.object({ from: z.string(), to: z.string() }), ...heats }).optional(),
  /** With `zone: "person"`: how many events went by which clock. */
  clocks: z
    .object({ event: z.number().int(), person: z.number().int(), workspace: z.number().int() })
    .optional(),
})
export type HeatmapAnswer = z.infer<typeof HeatmapAnswer>
