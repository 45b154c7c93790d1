import { z } from 'zod'
import { Rule } from '#modules/rules/contract.ts'
import { PageQuery, pageOf, type RouteTable, Timestamp } from '#platform/http/define-routes.ts'
import { SegmentId } from './segment.ts'

/** Why a row found nobody. */
export const UnmatchedReason = z.enum(['empty', 'invalid', 'unknown'])
export type UnmatchedReason = z.infer<typeof UnmatchedReason>

export const ListChange = z.object({
  id: z.string(),
  what: z.enum(['add', 'remove', 'undo']),
  source: z.enum(['hand', 'identifiers', 'rule', 'file', 'undo', 'analysis']),
  /** Name of the file, of the segment or of the number of an analysis the people came from. */
  title: z.string().nullable(),
  state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  /** Rows there are; null while a file was not read to its end. */
  total: z.number().int().nullable(),
  handled: z.number().int(),
  /** People put on or taken off. */
  changed: z.number().int(),
  /** People who were on the list already, or were not on it; and rows that name somebody again. */
  same: z.number().int(),
  /**
   * Rows that found nobody; `unmatched` as a file says which and why, for 30 days. Where it is `together`, who sees
   * personal data masked is told only of those that are no valid identifier.
   */
  unmatched: z.number().int(),
  /** People made of rows nobody was found for, when that was asked. */
  created: z.number().int(),
  /** It named more phones, mails or other personal values than are looked up one by one. */
  together: z.boolean(),
  /** Why it failed: the code of a problem. */
  fault: z.string().nullable(),
  undone: z.boolean(),
  jobId: z.string().nullable(),
  createdAt: Timestamp,
  createdBy: z.string(),
  finishedAt: Timestamp.nullable(),
})
export type ListChange = z.infer<typeof ListChange>

const Kind = z.string().min(1).max(64)
const Identifier = z.object({ kind: Kind, value: z.string().max(512) })

const people = {
  /** Public ids of people. */
  ids: z.array(z.string().min(1).max(80)).min(1).max(1000).optional(),
  identifiers: z.array(Identifier).min(1).max(10_000).optional(),
  /** Everybody it holds for at the moment the work begins: another segment, a snapshot, any rule. */
  rule: Rule.optional(),
  /** A file that `POST /api/imports/preview` took in: the column with identifiers, and their kind. */
  file: z.object({ upload: z.string().min(1).max(64), column: z.string().max(500), kind: Kind }).optional(),
}
const exactlyOne = (given: object) =>
  ['ids', 'identifiers', 'rule', 'file'].filter(
    (key) => (given as Record<string, unknown>)[key] !== undefined,
  ).length === 1
const oneOf = { message: 'Give exactly one of ids, identifiers, rule and file.' }

export const AddPeople = z.object({ ...people, create: z.boolean().default(false) }).refine(exactlyOne, oneOf)
export const RemovePeople = z.object(people).refine(exactlyOne, oneOf)
export type PeopleOfList = z.infer<typeof AddPeople>

const OneChange = SegmentId.extend({ change: z.string().min(1).max(80) })

export const listRoutes = {
  addPeople: {
    post: '/api/segments/:id/people',
    access: 'segment:write',
    summary:
      'Put people on a list: by id or identifier at once, from a rule or a file in the background; `create` makes people of identifiers nobody has',
    params: SegmentId,
    body: AddPeople,
    returns: ListChange,
    status: 201,
    fails: [
      'segment.no_list',
      'segment.building',
      'profile.missing',
      'rule.malformed',
      'import.unknown_upload',
      'profile.asked_too_often',
    ],
  },
  removePeople: {
    delete: '/api/segments/:id/people',
    access: 'segment:write',
    summary: 'Take people off a list',
    params: SegmentId,
    body: RemovePeople,
    returns: ListChange,
    fails: [
      'segment.no_list',
      'segment.building',
      'profile.missing',
      'rule.malformed',
      'import.unknown_upload',
      'profile.asked_too_often',
    ],
  },
  changes: {
    get: '/api/segments/:id/changes',
    access: 'segment:read',
    summary: 'What was done to a list, newest first',
    params: SegmentId,
    query: PageQuery,
    returns: pageOf(ListChange),
  },
  undoChange: {
    post: '/api/segments/:id/changes/:change/undo',
    access: 'segment:write',
    summary: 'Take a change of a list back, as far as nothing changed the same people since',
    params: OneChange,
    returns: ListChange,
    status: 201,
    fails: ['segment.change_missing', 'segment.change_running', 'segment.change_undone'],
  },
  unmatched: {
    get: '/api/segments/:id/changes/:change/unmatched',
    access: 'segment:write',
    summary: 'Rows that found nobody, as CSV with the reason in English and Chinese',
    params: OneChange,
    produces: 'text/csv',
    returns: z.unknown(),
    fails: ['segment.change_missing'],
  },
} as const satisfies RouteTable
