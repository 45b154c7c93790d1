import { z } from 'zod'
import { Rule } from '#modules/rules/contract.ts'
import { defineRoutes, PageQuery, pageOf, Timestamp } from '#platform/http/define-routes.ts'

export const ExportFormat = z.enum(['csv', 'xlsx'])
export type ExportFormat = z.infer<typeof ExportFormat>

/** `expired`: the file was removed, after seven days or because somebody in it was erased. */
export const ExportState = z.enum(['queued', 'running', 'done', 'failed', 'cancelled', 'expired'])

export const Export = z.object({
  id: z.string(),
  /** Name of the segment, if it is of one. */
  title: z.string().nullable(),
  /** `list`: people by a rule, a search, or their owner, or chosen one by one. */
  of: z.enum(['segment', 'list', 'everybody']),
  format: ExportFormat,
  /** Whether the file holds full phones, mails and other personal values. */
  unmasked: z.boolean(),
  state: ExportState,
  /** Share done, 0–1. */
  progress: z.number(),
  /** People in the file; null until it is written. */
  rows: z.number().int().nullable(),
  bytes: z.number().int().nullable(),
  error: z.string().nullable(),
  /** The background job that writes it, to be cancelled there. */
  jobId: z.string().nullable(),
  createdBy: z.string(),
  createdAt: Timestamp,
  finishedAt: Timestamp.nullable(),
  /** When the file is removed. */
  expiresAt: Timestamp.nullable(),
})
export type Export = z.infer<typeof Export>

/** What a list of exports is narrowed by. */
export const ExportFilter = z.object({
  /** Part of the segment's name. */
  search: z.string().max(200).optional(),
  state: ExportState.optional(),
  /** `me`: only one's own. */
  by: z.enum(['me']).optional(),
})
export type ExportFilter = z.infer<typeof ExportFilter>

const Id = z.object({ id: z.string().min(1).max(64) })

const waysGiven = (...ways: unknown[]) => ways.filter(Boolean).length

export const StartExport = z
  .object({
    segment: z.string().min(1).max(80).optional(),
    rule: Rule.optional(),
    /** As in the list of people: name, phone, mail or id. */
    search: z.string().max(200).optional(),
    /** A member’s id, or `none`. */
    owner: z.string().min(1).max(64).optional(),
    /** Of people, chosen one by one. */
    ids: z.array(z.string().min(1).max(64)).min(1).max(1000).optional(),
    /**
     * `id`, `name`, `tags`, `identifiers`, `firstSeen`, `lastSeen`, kinds of identifiers, and attributes; an object
     * stands for all its parts. Left out: everything there is.
     */
    columns: z.array(z.string().min(1).max(500)).min(1).max(500).optional(),
    format: ExportFormat.default('csv'),
    /**
     * Full phones, mails and other personal values; asks for `people:unmask` and is noted in the audit log. Left out:
     * a key gets what it sees, a member the masked values they see in lists.
     */
    unmasked: z.boolean().optional(),
  })
  .refine(({ segment, ids, rule, search, owner }) => waysGiven(segment, ids, rule || search || owner) < 2, {
    message: 'Give a segment, or ids of people, or what a list of people is narrowed by, only one of them.',
  })
export type StartExport = z.infer<typeof StartExport>

export const routes = defineRoutes({
  list: {
    get: '/api/exports',
    access: 'export:read',
    summary: 'Exports, newest first: one’s own, and everybody’s for who sees all people',
    query: PageQuery.extend(ExportFilter.shape),
    returns: pageOf(Export),
  },
  create: {
    post: '/api/exports',
    access: 'export:read',
    summary:
      'Write people into a file in the background: of a segment, of a narrowed list, chosen ones, or everybody',
    body: StartExport,
    returns: z.object({ id: z.string(), jobId: z.string() }),
    status: 202,
    fails: ['segment.missing', 'profile.missing', 'rule.malformed', 'rule.asks_too_much'],
  },
  get: {
    get: '/api/exports/:id',
    access: 'export:read',
    summary: 'One export: state, progress, rows',
    params: Id,
    returns: Export,
    fails: ['export.missing'],
  },
  file: {
    get: '/api/exports/:id/file',
    access: 'export:read',
    summary: 'The file, kept for seven days',
    params: Id,
    returns: z.void(),
    fails: ['export.missing', 'export.not_ready', 'export.expired'],
  },
  cancel: {
    post: '/api/exports/:id/cancel',
    access: 'export:read',
    summary: 'Stop writing a file',
    params: Id,
    returns: Export,
    fails: ['export.missing', 'job.ended'],
  },
})
