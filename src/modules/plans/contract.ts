import { z } from 'zod'
import { SourceRef } from '#modules/access/contract.ts'
import { defineRoutes, Timestamp } from '#platform/http/define-routes.ts'

export const PropertyType = z.enum(['any', 'text', 'number', 'boolean', 'list'])
export type PropertyType = z.infer<typeof PropertyType>

const label = z.string().trim().max(100).default('')
/** What it is called on screen, unless the event catalogue says something else. */
const Labels = z.object({ zh: label, en: label }).default({ zh: '', en: '' })

export const PlanProperty = z.object({
  /** Flat: `price.amount`. */
  path: z.string().min(1).max(200),
  type: PropertyType.default('any'),
  required: z.boolean().default(false),
  /** Values it may have; a list may have nothing but these. None: any. */
  allowed: z
    .array(z.union([z.string().max(200), z.number(), z.boolean()]))
    .max(200)
    .default([]),
  /** RE2, found anywhere in the text unless anchored. */
  pattern: z.string().max(500).nullable().default(null),
  labels: Labels,
  description: z.string().max(500).default(''),
})
export type PlanProperty = z.infer<typeof PlanProperty>

export const PlanEvent = z.object({
  name: z.string().min(1).max(200),
  labels: Labels,
  description: z.string().max(1000).default(''),
  properties: z.array(PlanProperty).max(200).default([]),
})
export type PlanEvent = z.infer<typeof PlanEvent>

export const PlanContent = z.object({
  /** `mark`: stored and counted; `block`: not stored. */
  mode: z.enum(['mark', 'block']).default('mark'),
  /** Whether an event that the plan does not name is a violation; it is never blocked. */
  unplanned: z.enum(['allow', 'mark']).default('allow'),
  events: z.array(PlanEvent).max(500),
})
export type PlanContent = z.infer<typeof PlanContent>

export const Plan = PlanContent.extend({
  /** 0: there is none yet, nothing is judged. */
  version: z.number().int(),
  changedAt: Timestamp.nullable(),
  changedBy: z.string().nullable(),
})
export type Plan = z.infer<typeof Plan>

export const ViolationReason = z.enum([
  'missing',
  'wrong_type',
  'not_allowed',
  'pattern',
  'unplanned',
  /** So many kinds at once that they are no longer told apart. */
  'more',
])
export type ViolationReason = z.infer<typeof ViolationReason>

export const Violation = z.object({
  event: z.string(),
  /** Empty when the event itself is the violation. */
  property: z.string(),
  reason: ViolationReason,
  source: SourceRef,
  count: z.number().int(),
  firstSeen: Timestamp,
  lastSeen: Timestamp,
  /** Place in the log of the latest one, for Live events. */
  example: z.string(),
  /** Version of the plan that judged the latest one. */
  version: z.number().int(),
})
export type Violation = z.infer<typeof Violation>

const fails = ['plan.changed_meanwhile', 'plan.invalid'] as const
const base = {
  /** Version that was changed; another one in force answers 409. */
  base: z.number().int().min(0).optional(),
}

export const routes = defineRoutes({
  get: {
    get: '/api/tracking-plan',
    access: 'event:read',
    summary: 'The tracking plan in force',
    returns: Plan,
  },
  save: {
    put: '/api/tracking-plan',
    access: 'event:write',
    summary: 'Put a new version of the tracking plan in force, for what is projected from now on',
    body: PlanContent.extend(base),
    returns: Plan,
    fails,
  },
  schema: {
    get: '/api/tracking-plan/json-schema',
    access: 'event:read',
    summary: 'The tracking plan as JSON Schema (2020-12): one definition per event, of its properties',
    returns: z.record(z.string(), z.unknown()),
  },
  importSchema: {
    put: '/api/tracking-plan/json-schema',
    access: 'event:write',
    summary: 'Put a JSON Schema in force as the tracking plan',
    body: z.object({ schema: z.record(z.string(), z.unknown()), ...base }),
    returns: Plan,
    fails,
  },
  violations: {
    get: '/api/tracking-plan/violations',
    access: 'event:read',
    summary: 'What broke the plan, by event, property, reason and source; most frequent first',
    query: z.object({
      days: z.coerce.number().int().min(1).max(90).default(7),
      event: z.string().max(500).optional(),
    }),
    returns: z.object({ items: z.array(Violation) }),
  },
})
