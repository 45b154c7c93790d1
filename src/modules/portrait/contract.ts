import { z } from 'zod'
import { IdentityGraph, Profile, TimelineGroup, TimelineItem } from '#modules/profiles/contract.ts'
import { defineRoutes, pageOf, Timestamp } from '#platform/http/define-routes.ts'

/** How well somebody is known. `none`: not even who they are. */
export const levels = ['none', 'low', 'medium', 'high'] as const
export const Level = z.enum(levels)
export type Level = z.infer<typeof Level>

/** One thing that must be known for a level. */
export const LevelCheck = z.object({
  code: z.enum([
    'identity',
    'tag',
    'activity',
    'some_attributes',
    'contact',
    'all_attributes',
    'history',
    'order',
    'origin',
  ]),
  level: z.enum(['low', 'medium', 'high']),
  met: z.boolean(),
  /** Names of important attributes that are not known. */
  attributes: z.array(z.string()).optional(),
})
export type LevelCheck = z.infer<typeof LevelCheck>

/** Where a visit came from. */
export const Touch = z.object({
  time: Timestamp,
  source: z.string(),
  medium: z.string(),
  campaign: z.string(),
  term: z.string(),
  content: z.string(),
  /** Host of the page that led here; empty when nothing did. */
  referrer: z.string(),
})
export type Touch = z.infer<typeof Touch>

export const Device = z.object({
  /** The device's identifier. */
  id: z.string(),
  /** What its last event said it is. */
  model: z.string(),
  system: z.string(),
  app: z.string(),
  userAgent: z.string(),
  lastSeen: Timestamp,
})
export type Device = z.infer<typeof Device>

export const Overview = z.object({
  profile: Profile,
  level: Level,
  checks: z.array(LevelCheck),
  segments: z.array(z.object({ id: z.string(), name: z.string(), since: Timestamp.nullable() })),
  /** The first and the last visit that says where it came from. */
  origin: z.object({ first: Touch.nullable(), last: Touch.nullable() }),
  /** Null without the right to see orders. */
  orders: z
    .array(
      z.object({
        currency: z.string(),
        /** Minor units: sales less refunds and cancellations. */
        net: z.number().int(),
        orders: z.number().int(),
        lastAt: Timestamp,
      }),
    )
    .nullable(),
  devices: z.array(Device),
  identity: IdentityGraph,
  groups: z.array(TimelineGroup),
  /** The newest of everything. */
  timeline: pageOf(TimelineItem),
})
export type Overview = z.infer<typeof Overview>

export const routes = defineRoutes({
  overview: {
    get: '/api/profiles/:id/overview',
    access: 'people:read',
    summary: 'Everything the first screen of a person shows',
    params: z.object({ id: z.string().min(1).max(64) }),
    returns: Overview,
    fails: ['profile.missing'],
  },
  settings: {
    get: '/api/portrait-settings',
    access: 'people:read',
    summary: 'Attributes that must be known of somebody to know them well',
    returns: z.object({
      important: z.array(z.string()),
      /** Whether the workspace chose them. */
      chosen: z.boolean(),
    }),
  },
  saveSettings: {
    put: '/api/portrait-settings',
    access: 'setting:write',
    summary: 'Choose the attributes that must be known',
    body: z.object({ important: z.array(z.string().min(1).max(200)).max(30) }),
    returns: z.object({ important: z.array(z.string()), chosen: z.boolean() }),
  },
})
