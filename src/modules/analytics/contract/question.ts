import { z } from 'zod'
import { Rule, ruleLimits, type Where } from '#modules/rules/contract.ts'

/** Limits of one question; beyond them it is a fault, never cut short. */
export const questionLimits = {
  series: 12,
  breakdowns: 3,
  top: 100,
  /** Points on the time axis of one series. */
  buckets: 3000,
  choices: 20,
  conditions: 50,
} as const

const name = z.string().min(1).max(ruleLimits.nameChars)

/** Conditions on properties, all of which hold: as in rules. A fault answers 422 `rule.malformed` with its path. */
export const WhereList = z
  .array(z.unknown())
  .max(questionLimits.conditions)
  .meta({
    description: '[{"prop","op","value"} | {"all":[…]} | {"any":[…]} | {"not":…}], as in rules',
    examples: [[{ prop: 'revenue', op: 'gte', value: 100 }]],
  }) as unknown as z.ZodType<Where[]>

const oneEvent = {
  event: name.nullable().meta({ description: 'Name of the event; null: anything they did' }),
  where: WhereList.optional(),
}

/** An event as a question names it: by name and conditions, or one of several such. */
export const eventChoice = {
  ...oneEvent,
  or: z.array(z.strictObject(oneEvent)).max(questionLimits.choices).optional(),
}
export const EventChoice = z.strictObject(eventChoice)
export type EventChoice = z.infer<typeof EventChoice>

// A date column of the engine ends there; nobody has events outside of it.
export const day = z.iso.date().refine((text) => text >= '1970-01-02' && text <= '2148-12-31', {
  message: 'A day from 1970-01-02 to 2148-12-31.',
})
export const rangeUnits = ['day', 'week', 'month'] as const

export const DatedRange = z.strictObject({ from: day, to: day })
/** Days in the workspace's time zone, both included; `last` counts back from today, the running one included. */
export const Range = z.union([
  DatedRange,
  z.strictObject({ last: z.int().min(1).max(3660), unit: z.enum(rangeUnits) }),
])
export type Range = z.infer<typeof Range>

export const Interval = z.enum(['hour', 'day', 'week', 'month'])
export type Interval = z.infer<typeof Interval>

/** A property of the event by its name, or an attribute of the person as it is now. */
export const BreakdownBy = z.union([name, z.strictObject({ prop: name }), z.strictObject({ attr: name })])
export type BreakdownBy = z.infer<typeof BreakdownBy>

/** Values of one combination, in the order of `breakdown`; null: the event or person has none. */
export const BreakdownValues = z.array(z.string().nullable()).max(questionLimits.breakdowns)
export type BreakdownValues = z.infer<typeof BreakdownValues>
/** In place of every value of the combination that gathers those beyond the first `top`. */
export const otherValue = '$other'

/** What every kind of question says. */
export const common = {
  range: Range,
  /** Only these people: any rule. */
  audience: Rule.optional(),
}
export const breakdown = {
  breakdown: z.array(BreakdownBy).max(questionLimits.breakdowns).optional(),
  /** Combinations shown by themselves; the rest is one more, `$other`. */
  top: z.int().min(1).max(questionLimits.top).default(25),
}
/** The period before of the same length, the same days a year ago, or any. */
export const Compare = z.union([z.enum(['previous', 'year']), DatedRange])
export type Compare = z.infer<typeof Compare>

/** What every answer says about how it came to be. */
export const answered = {
  /** The days it is of, resolved. */
  range: z.object({ from: z.string(), to: z.string() }),
  zone: z.string(),
  tookMs: z.number(),
  /** When the numbers were computed; nothing they follow from has changed since. */
  computedAt: z.string(),
  /** Computed earlier and kept. */
  cached: z.boolean(),
}
