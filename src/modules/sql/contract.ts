import { z } from 'zod'
import { defineRoutes, PageQuery, pageOf, Timestamp } from '#platform/http/define-routes.ts'

export const sqlLimits = {
  chars: 50_000,
  /** Rows shown; an export has more. */
  rows: 10_000,
  exported: 100_000,
} as const

const Text = z.string().min(1).max(sqlLimits.chars)
const Scalar = z.union([z.string().max(10_000), z.number(), z.boolean()])
const Params = z
  .record(z.string().regex(/^[A-Za-z_]\w{0,63}$/), z.union([Scalar, z.array(Scalar).max(10_000)]))
  .meta({ description: 'Values of `{name:Type}` in the query' })

const Asked = { sql: Text, params: Params.optional() }

export const SqlAnswer = z.object({
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  /** As JSON; whole numbers beyond 2^53 as text. */
  rows: z.array(z.array(z.unknown())),
  /** The row of WITH TOTALS. */
  totals: z.array(z.unknown()).nullable(),
  /** There are more rows than were asked for. */
  truncated: z.boolean(),
  tookMs: z.number(),
  rowsRead: z.number(),
})
export type SqlAnswer = z.infer<typeof SqlAnswer>

export const CatalogueView = z.object({
  name: z.string(),
  description: z.string(),
  columns: z.array(z.object({ name: z.string(), type: z.string(), description: z.string() })),
  /** Names of its properties, read as `props.name` or `props['name']`; empty where it has none. */
  roots: z.array(z.string()),
  properties: z.array(z.string()),
})
export const Catalogue = z.object({
  views: z.array(CatalogueView),
  functions: z.object({
    scalar: z.array(z.string()),
    aggregate: z.array(z.string()),
    window: z.array(z.string()),
  }),
  types: z.array(z.string()),
  /** Phones and mails come as stars, and personal properties cannot be named. */
  masked: z.boolean(),
})
export type Catalogue = z.infer<typeof Catalogue>

/** How a result is drawn; columns by name. */
export const SqlChart = z.object({
  kind: z.enum(['table', 'line', 'bar', 'pie', 'number']),
  x: z.string().max(200).optional(),
  series: z.string().max(200).optional(),
  y: z.array(z.string().max(200)).max(12).optional(),
})
export type SqlChart = z.infer<typeof SqlChart>

const Name = z.string().trim().min(1).max(120)
const Folder = z.string().trim().max(80)
const Description = z.string().trim().max(1000)

export const SavedQuery = z.object({
  id: z.string(),
  name: z.string(),
  /** `''`: in none. */
  folder: z.string(),
  description: z.string(),
  sql: z.string(),
  chart: SqlChart,
  owner: z.string(),
  mine: z.boolean(),
  version: z.number().int(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
})
export type SavedQuery = z.infer<typeof SavedQuery>

export const Run = z.object({
  sql: z.string(),
  at: Timestamp,
  tookMs: z.number().int(),
  rows: z.number().int(),
  /** How often it was asked. */
  times: z.number().int(),
  /** Code of the problem, when there was no answer. */
  problem: z.string().nullable(),
})
export type Run = z.infer<typeof Run>

const Id = z.object({ id: z.string().min(1).max(64) })
export const queryFails = [
  'sql.bad_syntax',
  'sql.not_allowed',
  'sql.unknown_name',
  'sql.asks_too_much',
  'sql.failed',
  'sql.took_too_long',
  'analytics.too_many_questions',
] as const

export const routes = defineRoutes({
  query: {
    post: '/api/sql/query',
    access: 'sql:read',
    summary:
      'Ask the workspace’s views in SQL: one SELECT, of people the caller may see; cancelled when the client hangs up',
    body: z.object({ ...Asked, limit: z.int().min(1).max(sqlLimits.rows).default(1000) }),
    returns: SqlAnswer,
    fails: queryFails,
  },
  export: {
    post: '/api/sql/export',
    access: 'sql:read',
    summary: 'The same as a CSV or XLSX file of up to 100,000 rows; needs export:read too',
    body: z.object({ ...Asked, format: z.enum(['csv', 'xlsx']).default('csv') }),
    returns: z.void(),
    status: 200,
    fails: [...queryFails, 'sql.too_many_rows'],
  },
  catalogue: {
    get: '/api/sql/catalogue',
    access: 'sql:read',
    summary: 'Views, columns, properties and functions queries are made of',
    returns: Catalogue,
  },
  history: {
    get: '/api/sql/history',
    access: 'sql:read',
    summary: 'The caller’s own latest queries, newest first, each once',
    returns: z.object({ items: z.array(Run) }),
  },
  listSaved: {
    get: '/api/sql/saved',
    access: 'sql:read',
    summary: 'Saved queries by name, of a folder or by a piece of their name; and which folders there are',
    query: PageQuery.extend({
      search: z.string().max(120).optional(),
      folder: z.string().max(80).optional(),
    }),
    returns: pageOf(SavedQuery).extend({ folders: z.array(z.string()) }),
  },
  getSaved: {
    get: '/api/sql/saved/:id',
    access: 'sql:read',
    summary: 'One saved query',
    params: Id,
    returns: SavedQuery,
    fails: ['query.missing'],
  },
  save: {
    post: '/api/sql/saved',
    access: 'sql:write',
    summary: 'Save a query for everybody who may ask; it need not be free of faults',
    body: z.object({
      name: Name,
      folder: Folder.default(''),
      description: Description.default(''),
      sql: Text,
      chart: SqlChart.default({ kind: 'table' }),
    }),
    returns: SavedQuery,
    status: 201,
    fails: ['query.name_taken'],
  },
  changeSaved: {
    patch: '/api/sql/saved/:id',
    access: 'sql:write',
    summary: 'Rename, move, describe or rewrite a saved query',
    params: Id,
    body: z.object({
      /** The version that was looked at. */
      version: z.number().int(),
      name: Name.optional(),
      folder: Folder.optional(),
      description: Description.optional(),
      sql: Text.optional(),
      chart: SqlChart.optional(),
    }),
    returns: SavedQuery,
    fails: ['query.missing', 'query.name_taken', 'query.changed'],
  },
  removeSaved: {
    delete: '/api/sql/saved/:id',
    access: 'sql:write',
    summary: 'Delete; answers it, so that it can be saved again',
    params: Id,
    returns: SavedQuery,
    fails: ['query.missing'],
  },
})
