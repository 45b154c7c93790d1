import { z } from 'zod'
import { ChannelKind } from '#slots/channel-kind.ts'

/** Limits of one rule; a rule beyond them is a fault, never cut short. */
export const ruleLimits = {
  depth: 8,
  nodes: 200,
  steps: 16,
  operands: 1000,
  regexChars: 256,
  textChars: 10_000,
  nameChars: 500,
} as const

export const operators = [
  'eq',
  'ne',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'not_in',
  'contains',
  'not_contains',
  'starts_with',
  'ends_with',
  'matches',
  'exists',
  'not_exists',
  'between',
] as const
/** Of attributes alone: what it asks moves with the calendar of the workspace. */
export const calendarOperators = ['this_month'] as const
export type Operator = (typeof operators)[number] | (typeof calendarOperators)[number]

/** Operators that make sense on a number the rule itself works out (a count, a sum). */
export const numberOperators = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'not_in', 'between'] as const

export const aggregates = ['sum', 'avg', 'min', 'max', 'count_distinct', 'first', 'last'] as const
export type Aggregate = (typeof aggregates)[number]

/** Lengths in milliseconds. A day is 24 hours and a month 30 days: a span never depends on a calendar. */
export const unitMs = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  month: 2_592_000_000,
} as const
export type Unit = keyof typeof unitMs
const units = ['second', 'minute', 'hour', 'day', 'week', 'month'] as const

export type Scalar = string | number | boolean
export type Operand = Scalar | Scalar[]
export type Test = { op: Operator; value?: Operand | undefined }

export type PropTest = Test & { prop: string }
export type Where = PropTest | { all: Where[] } | { any: Where[] } | { not: Where }

export type Span = { value: number; unit: Unit }
export type Window = { last: number; unit: Unit } | { from?: string | undefined; to?: string | undefined }

export type AttrLeaf = Test & { attr: string }
export type TagLeaf = { tag: string }
export type SegmentLeaf = { segment: string }
/** On a list kept by hand, or in a snapshot: the id of either. */
export type ListLeaf = { list: string }
/**
 * Who looks after the person: the member who asks, one of some members, somebody who works in one of some departments,
 * or nobody.
 */
export type OwnerTest = { me: true } | { in: string[] } | { departments: string[] } | { nobody: true }
export type OwnerLeaf = { owner: OwnerTest }
export type EventLeaf = {
  event: string
  where?: Where[] | undefined
  count?: Test | undefined
  agg?: (Test & { fn: Aggregate; prop: string }) | undefined
  within?: Window | undefined
}
export type Step =
  | { event: string; where?: Where[] | undefined }
  | { not_event: string; where?: Where[] | undefined }
export type SequenceLeaf = { sequence: Step[]; within?: Window | undefined; gap?: Span | undefined }

/** What any of the people of a company or household did, all of them together. */
export type CircleEvent = {
  event: string
  where?: Where[] | undefined
  count?: Test | undefined
  within?: Window | undefined
}
/** All of it holds for one and the same company of the person; of nothing, they belong to any. */
export type CompanyTest = {
  /** On attributes of the company. */
  where?: Where[] | undefined
  /** What the person is there. */
  title?: Test | undefined
  /** How many people belong to it. */
  people?: Test | undefined
  did?: CircleEvent | undefined
}
export const householdRoles = ['guardian', 'student', 'other'] as const
export type HouseholdRole = (typeof householdRoles)[number]
export type HouseholdTest = {
  /** What the person is in it. */
  role?: HouseholdRole | undefined
  people?: Test | undefined
  did?: CircleEvent | undefined
}
export type CompanyLeaf = { company: CompanyTest }
export type HouseholdLeaf = { household: HouseholdTest }

/** What somebody said about being spoken to; of nothing said it is unknown. */
export const consentStates = ['granted', 'denied', 'pending', 'unknown'] as const
export type ConsentState = (typeof consentStates)[number]
export type ConsentLeaf = { consent: { channel: ChannelKind; topic: string; is: ConsentState } }
/** May be sent to on a channel now; without a topic, about anything of marketing. */
export type ReachableLeaf = { reachable: { channel: ChannelKind; topic?: string | undefined } }

export type LeafOf = {
  attr: AttrLeaf
  tag: TagLeaf
  segment: SegmentLeaf
  list: ListLeaf
  owner: OwnerLeaf
  event: EventLeaf
  sequence: SequenceLeaf
  company: CompanyLeaf
  household: HouseholdLeaf
  consent: ConsentLeaf
  reachable: ReachableLeaf
}
export type LeafKindName = keyof LeafOf
export type Leaf = LeafOf[LeafKindName]
export type Group = { all: Rule[] } | { any: Rule[] } | { not: Rule }
export type Rule = Group | Leaf

const name = z.string().min(1).max(ruleLimits.nameChars)
const span = z.int().min(1).max(1_000_000)
const unit = z.enum(units)
const scalar = z.union([z.string().max(ruleLimits.textChars), z.number(), z.boolean()])
const operand = z.union([scalar, z.array(scalar).max(ruleLimits.operands)])
const anyTest = { op: z.enum(operators), value: operand.optional() }
const numberTest = { op: z.enum(numberOperators), value: operand.optional() }

const instant = z.union([z.iso.date(), z.iso.datetime({ offset: true })])
// Told apart by their keys before zod sees them, so that a fault names the field and not "no union member fits".
const lastWindow = z.strictObject({ last: span, unit })
const datedWindow = z
  .strictObject({ from: instant.optional(), to: instant.optional() })
  .refine((window) => window.from !== undefined || window.to !== undefined, {
    params: { reason: 'window_empty' },
  })

const ids = z.array(name).max(ruleLimits.operands)

const gap = z.strictObject({ value: span, unit })

const countTest = z.strictObject(numberTest).optional()
const did = z
  .strictObject({
    event: name,
    where: z.array(z.unknown()).optional(),
    count: countTest,
    within: z.unknown().optional(),
  })
  .optional()

/** Shapes of the parts of a rule; nested rules and `where` lists are walked by hand (depth is bounded there). */
export const ruleParts = {
  all: z.strictObject({ all: z.array(z.unknown()) }),
  any: z.strictObject({ any: z.array(z.unknown()) }),
  not: z.strictObject({ not: z.unknown() }),
  attr: z.strictObject({
    attr: name,
    op: z.enum([...operators, ...calendarOperators]),
    value: operand.optional(),
  }),
  prop: z.strictObject({ prop: name, ...anyTest }),
  tag: z.strictObject({ tag: name }),
  segment: z.strictObject({ segment: name }),
  list: z.strictObject({ list: name }),
  owner: z.strictObject({
    owner: z
      .strictObject({
        me: z.literal(true).optional(),
        in: ids.optional(),
        departments: ids.optional(),
        nobody: z.literal(true).optional(),
      })
      .refine((test) => Object.values(test).filter((one) => one !== undefined).length === 1, {
        message: 'exactly one of me, in, departments, nobody',
        params: { reason: 'owner_test' },
      }),
  }),
  event: z.strictObject({
    event: name,
    where: z.array(z.unknown()).optional(),
    count: z.strictObject(numberTest).optional(),
    agg: z.strictObject({ fn: z.enum(aggregates), prop: name, ...anyTest }).optional(),
    within: z.unknown().optional(),
  }),
  sequence: z.strictObject({
    sequence: z.array(z.unknown()).min(1).max(ruleLimits.steps),
    within: z.unknown().optional(),
    gap: gap.optional(),
  }),
  company: z.strictObject({
    company: z.strictObject({
      where: z.array(z.unknown()).optional(),
      title: z.strictObject(anyTest).optional(),
      people: countTest,
      did,
    }),
  }),
  household: z.strictObject({
    household: z.strictObject({ role: z.enum(householdRoles).optional(), people: countTest, did }),
  }),
  consent: z.strictObject({
    consent: z.strictObject({ channel: ChannelKind, topic: name, is: z.enum(consentStates) }),
  }),
  reachable: z.strictObject({
    reachable: z.strictObject({ channel: ChannelKind, topic: name.optional() }),
  }),
  step: z.strictObject({ event: name, where: z.array(z.unknown()).optional() }),
  notStep: z.strictObject({ not_event: name, where: z.array(z.unknown()).optional() }),
  lastWindow,
  datedWindow,
}

/**
 * The rule as it stands in a body. Lets any JSON through: the use-case calls `parseRule`, which answers with the
 * exact path of a fault, where a recursive union could only say that none of its members fits.
 */
export const Rule = z.unknown().meta({
  description:
    'A rule: {"all":[…]} | {"any":[…]} | {"not":…} | {"attr","op","value"} | {"tag"} | {"segment"} | {"list"} | {"owner":{"me"|"in"|"departments"|"nobody"}} | ' +
    '{"event","where","count","agg","within"} | {"sequence","within","gap"} | {"company":{"where","title","people","did"}} | ' +
    '{"household":{"role","people","did"}} | {"consent":{"channel","topic","is":"granted|denied|pending|unknown"}} | ' +
    '{"reachable":{"channel","topic"}}. A fault answers 422 `rule.malformed` with its path.',
  examples: [{ all: [{ attr: 'city', op: 'eq', value: 'Beijing' }, { not: { event: 'Order Refunded' } }] }],
}) as unknown as z.ZodType<Rule>
