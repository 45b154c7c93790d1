import { z } from 'zod'
import { SourceRef } from '#modules/access/contract.ts'
import { type RouteTable, Timestamp } from '#platform/http/define-routes.ts'
import { Identifier, OneProfile, Profile } from './person.ts'

/** An identifier by kind and value, or by the `ref` a person's identity gives it. */
export const IdentifierOrRef = z.union([Identifier, z.object({ ref: z.string().min(1).max(64) })])
export type IdentifierOrRef = z.infer<typeof IdentifierOrRef>

/** One identifier of a person: since when, from which source, and until when a device is theirs. */
export const IdentityNode = z.object({
  identifier: Identifier,
  /** Stands for the identifier where its value is masked. */
  ref: z.string(),
  profileId: z.string(),
  root: z.boolean(),
  firstSeen: Timestamp.nullable(),
  lastSeen: Timestamp.nullable(),
  events: z.number().int(),
  /** People who also hold this value (a shared phone), by id. */
  alsoHeldBy: z.array(z.string()),
  /** Devices of several logins: when it was whose. */
  intervals: z.array(
    z.object({ from: Timestamp.nullable(), to: Timestamp.nullable(), profileId: z.string() }),
  ),
})

export const IdentityLink = z.object({
  a: Identifier,
  b: Identifier,
  time: Timestamp,
  messageId: z.string(),
  source: SourceRef.nullable(),
  /** Which rule of identity joined (or kept apart) the two. */
  rule: z.string(),
})

/** Identifiers of a person, what joined them, and what users decided. */
export const IdentityGraph = z.object({
  nodes: z.array(IdentityNode),
  links: z.array(IdentityLink),
  decisions: z.array(
    z.object({
      id: z.string(),
      type: z.enum(['merge', 'unmerge']),
      time: Timestamp,
      by: z.string(),
      identifiers: z.array(Identifier),
    }),
  ),
})
export type IdentityGraph = z.infer<typeof IdentityGraph>

export const IdentityKind = z.object({
  kind: z.string().regex(/^[a-zA-Z][a-zA-Z0-9_.]{0,62}$/),
  class: z.enum(['login', 'device', 'contact']),
  priority: z.number().int().min(1).max(100),
  limit: z.number().int().min(1).max(1000),
  blocked: z.array(z.string().max(256)).max(200),
  builtIn: z.boolean(),
})
export type IdentityKind = z.infer<typeof IdentityKind>

export const ReviewItem = z.object({
  /** For accepting it. */
  id: z.string(),
  /** `crowded`: a person has many identifiers of the kind; `shared`: many people have the value. */
  reason: z.enum(['crowded', 'shared']),
  kind: z.string(),
  count: z.number().int(),
  values: z.array(z.string()),
  /** Some of them. */
  people: z.array(z.object({ id: z.string(), name: z.string().nullable() })),
})
export type ReviewItem = z.infer<typeof ReviewItem>

export const identityRoutes = {
  identity: {
    get: '/api/profiles/:id/identity',
    access: 'people:read',
    summary: 'Identifiers, links and device intervals of a person',
    params: OneProfile,
    returns: IdentityGraph,
  },
  explain: {
    post: '/api/profiles/explain-identity',
    access: 'people:read',
    summary: 'Why two identifiers are one person, or why not',
    body: z.object({ a: IdentifierOrRef, b: IdentifierOrRef }),
    returns: z.object({ same: z.boolean(), chain: z.array(IdentityLink), reason: z.string() }),
  },
  previewMerge: {
    post: '/api/profiles/:id/merge-preview',
    access: 'identity:write',
    summary: 'What a merge would move',
    params: OneProfile,
    body: z.object({ with: z.string() }),
    returns: z.object({
      root: z.string(),
      identifiers: z.array(z.object({ identifier: Identifier, from: z.string() })),
      attributes: z.array(z.object({ name: z.string(), kept: z.unknown(), dropped: z.unknown() })),
      events: z.number().int(),
      warnings: z.array(z.string()),
    }),
  },
  merge: {
    post: '/api/profiles/:id/merge',
    access: 'identity:write',
    summary: 'Merge another person into this one; undone by unmerge',
    params: OneProfile,
    body: z.object({ with: z.string() }),
    returns: Profile,
    fails: ['profile.same_person'],
  },
  unmerge: {
    post: '/api/profiles/:id/unmerge',
    access: 'identity:write',
    summary: 'Take an identifier out of this person; answers the person it now is',
    params: OneProfile,
    body: z.object({ identifier: IdentifierOrRef }),
    returns: Profile,
    fails: ['profile.identifier_elsewhere', 'profile.only_identifier'],
  },
  review: {
    get: '/api/identity-review',
    access: 'people:read',
    summary:
      'What looks wrong with who is who: people with many identifiers of a kind, values of many people',
    returns: z.object({ items: z.array(ReviewItem) }),
  },
  acceptReview: {
    post: '/api/identity-review/accept',
    access: 'identity:write',
    summary: 'A finding is right as it is; it comes back when it grows beyond `count`',
    body: z.object({ id: z.string().min(1).max(200), count: z.number().int().min(1).max(1_000_000) }),
    returns: z.void(),
    fails: ['identity_review.missing'],
  },
  identityKinds: {
    get: '/api/identity-kinds',
    access: 'setting:read',
    summary: 'Identifier kinds and merge rules',
    returns: z.object({ items: z.array(IdentityKind) }),
  },
  saveIdentityKind: {
    put: '/api/identity-kinds/:kind',
    access: 'setting:write',
    summary: 'Add or change an identifier kind (applies to what arrives from now on)',
    params: IdentityKind.pick({ kind: true }),
    body: IdentityKind.omit({ kind: true, builtIn: true }),
    returns: IdentityKind,
  },
} as const satisfies RouteTable
