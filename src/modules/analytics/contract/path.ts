import { z } from 'zod'
import { answered, common, EventChoice, questionLimits } from './question.ts'

const text = z.string().min(1).max(500)

export const fewestPathSteps = 2
export const mostPathSteps = 20
export const mostPathEdges = 500
/** What ends a path, and what gathers everything that is not shown by itself; as in `3_$exit`. */
export const exitItem = '$exit'
export const otherItem = '$other'
/** Rules for many names at once; `*` stands for anything. The first group that fits takes the item. */
export const PathGroup = z.strictObject({ name: text, patterns: z.array(text).min(1).max(20) })
export type PathGroup = z.infer<typeof PathGroup>

/** What a path is made of: names of events, or the values of a property (`path`, `url`, `title` of page views). */
export const PathBy = z.union([z.literal('event'), z.strictObject({ prop: text })])
export type PathBy = z.infer<typeof PathBy>

/** Items by their name, groups included, with `*` for anything; or events as elsewhere, with conditions. */
export const PathChoice = z.union([text, EventChoice])
export type PathChoice = z.infer<typeof PathChoice>

const PathEnd = z.union([text, z.strictObject({ event: text })]).nullable()

const shape = {
  kind: z.literal('path'),
  ...common,
  by: PathBy.default('event'),
  /** Paths from the first time they came here; without it, whole sessions. */
  start: PathEnd.default(null),
  /** Paths to the first time they came here. */
  end: PathEnd.default(null),
  /** A pause of so long, without anything done, ends a session. */
  gap_minutes: z.int().min(1).max(10_080).default(30),
  /** `people`: everything somebody did in the range is one path. */
  count: z.enum(['sessions', 'people']).default('sessions'),
  /** Items of a path that are told apart. */
  steps: z.int().min(fewestPathSteps).max(mostPathSteps).default(5),
  /** Moves shown by themselves: the most frequent ones. */
  edges: z.int().min(1).max(mostPathEdges).default(50),
  /** Moves that fewer made are not shown by themselves. */
  min_weight: z.int().min(1).max(1_000_000_000).default(1),
  /** Only these are items of paths. */
  include: z.array(PathChoice).min(1).max(questionLimits.choices).optional(),
  /** These are not. */
  exclude: z.array(PathChoice).max(questionLimits.choices).optional(),
  groups: z.array(PathGroup).max(50).optional(),
  /** Of the same item several times in a row: the last one stands for all, the first one, or each for itself. */
  collapse: z.enum(['last', 'first', 'none']).default('last'),
}

export const PathQuestion = z.strictObject(shape)
export type PathQuestion = z.infer<typeof PathQuestion>

const node = z
  .string()
  .regex(/^[1-9]\d?_/)
  .meta({ description: 'Place and item: 2_Order Completed, 3_$exit, 3_$other' })

/** Who went from one node to the next, or who was at a node. */
export const PathCell = z.union([z.strictObject({ source: node, target: node }), z.strictObject({ node })])
export type PathCell = z.infer<typeof PathCell>

export const PathPeopleQuestion = z.strictObject({ ...shape, cell: PathCell })

export const PathEdge = z.object({
  source: z.string(),
  target: z.string(),
  /** Sessions, or people where these are counted. */
  value: z.number().int(),
  /** From one to the next; null where the path ends. */
  avg_seconds: z.number().nullable(),
})
export type PathEdge = z.infer<typeof PathEdge>

export const PathAnswer = z.object({
  kind: z.literal('path'),
  ...answered,
  /** Paths counted; each begins with one node `1_…`. */
  sessions: z.number().int(),
  /** Different moves that are not shown by themselves and went into `$other`. */
  gathered: z.number().int(),
  edges: z.array(PathEdge),
})
export type PathAnswer = z.infer<typeof PathAnswer>
