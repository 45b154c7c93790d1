import { z } from 'zod'
import { Preview } from '#modules/imports/contract.ts'
import { defineRoutes, PageQuery, pageOf, Timestamp } from '#platform/http/define-routes.ts'

const Id = z.string().min(1).max(64)
/** Of names, not of paths: `*` any text, `?` one character. */
const Glob = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^/\\]+$/)
  .default('*')

export const SourcePlace = z.discriminatedUnion('kind', [
  /** The workspace's own folder; its path is the operator's to choose. */
  z.object({ kind: z.literal('folder'), glob: Glob }),
  z.object({ kind: z.literal('s3'), connection: Id, prefix: z.string().max(500).default(''), glob: Glob }),
  z.object({
    kind: z.literal('database'),
    connection: Id,
    /** One SELECT. */
    sql: z.string().trim().min(1).max(20_000),
    /** Column of its result that only grows: an id, or the time of the last change. */
    cursor: z.string().min(1).max(200),
  }),
])
export type SourcePlace = z.infer<typeof SourcePlace>

export const Schedule = z.discriminatedUnion('every', [
  /** As soon as a file lies there; of folders only. */
  z.object({ every: z.literal('file') }),
  z.object({ every: z.literal('minutes'), minutes: z.number().int().min(1).max(10_080) }),
  /** Five fields, in the workspace's time zone. */
  z.object({ every: z.literal('cron'), cron: z.string().trim().min(9).max(100) }),
])
export type Schedule = z.infer<typeof Schedule>

export const RunState = z.enum(['running', 'done', 'failed', 'cancelled'])
export const SourceRun = z.object({
  id: z.string(),
  state: RunState,
  trigger: z.enum(['schedule', 'by_hand']),
  startedAt: Timestamp,
  finishedAt: Timestamp.nullable(),
  /** Files, or bundles of rows, that were taken. */
  files: z.number().int(),
  rows: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  skipped: z.number().int(),
  failed: z.number().int(),
  /** The first thing that went wrong. */
  error: z.object({ code: z.string(), message: z.string(), file: z.string().nullable() }).nullable(),
  imports: z.array(z.string()),
})
export type SourceRun = z.infer<typeof SourceRun>

export const Source = z.object({
  id: z.string(),
  name: z.string(),
  place: SourcePlace,
  /** Where a folder lies on the server; null for others. */
  path: z.string().nullable(),
  mapping: z.object({ id: z.string(), name: z.string() }),
  schedule: Schedule,
  paused: z.boolean(),
  nextAt: Timestamp.nullable(),
  lastRun: SourceRun.nullable(),
  by: z.string(),
  createdAt: Timestamp,
})
export type Source = z.infer<typeof Source>

export const NewSource = z.object({
  name: z.string().trim().min(1).max(200),
  place: SourcePlace,
  /** Id of a saved mapping. */
  mapping: Id,
  schedule: Schedule,
  paused: z.boolean().default(false),
})
export type NewSource = z.infer<typeof NewSource>

const One = z.object({ id: Id })
const faults = [
  'connection.missing',
  'connection.wrong_kind',
  'import.mapping_missing',
  'source.bad_schedule',
] as const

export const sourceRoutes = defineRoutes({
  listSources: {
    get: '/api/imports/sources',
    access: 'source:read',
    summary: 'Sources of imports by name, each with its last run',
    returns: z.object({
      items: z.array(Source),
      /** The workspace's watched folder on the server. */
      folder: z.string(),
    }),
  },
  previewSource: {
    post: '/api/imports/sources/preview',
    access: 'source:write',
    summary:
      'Look at what a source would bring first, as a file: its columns, a mapping to begin with, saved mappings',
    body: z.object({ place: SourcePlace }),
    returns: Preview,
    fails: ['source.nothing_there', 'connection.missing', 'connection.wrong_kind', 'connection.unreachable'],
  },
  createSource: {
    post: '/api/imports/sources',
    access: 'source:write',
    summary: 'Bring in files or rows on a schedule, by a saved mapping',
    body: NewSource,
    returns: Source,
    status: 201,
    fails: ['source.name_taken', ...faults],
  },
  getSource: {
    get: '/api/imports/sources/:id',
    access: 'source:read',
    summary: 'One source',
    params: One,
    returns: Source,
    fails: ['source.missing'],
  },
  changeSource: {
    patch: '/api/imports/sources/:id',
    access: 'source:write',
    summary:
      'Change, pause or resume a source; another SELECT or cursor column begins at the first row again',
    params: One,
    body: NewSource.partial(),
    returns: Source,
    fails: ['source.missing', 'source.name_taken', ...faults],
  },
  removeSource: {
    delete: '/api/imports/sources/:id',
    access: 'source:write',
    summary: 'Remove a source with what it remembers; its imports stay',
    params: One,
    returns: z.void(),
    fails: ['source.missing', 'source.running'],
  },
  runSource: {
    post: '/api/imports/sources/:id/run',
    access: 'source:write',
    summary: 'Run a source now, paused or not',
    params: One,
    returns: z.object({ run: z.string(), job: z.string() }),
    status: 202,
    fails: ['source.missing', 'source.running'],
  },
  listRuns: {
    get: '/api/imports/sources/:id/runs',
    access: 'source:read',
    summary: 'Runs of a source, newest first, kept for 90 days',
    params: One,
    query: PageQuery,
    returns: pageOf(SourceRun),
    fails: ['source.missing'],
  },
})
