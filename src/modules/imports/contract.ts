import { z } from 'zod'
import { defineRoutes, PageQuery, pageOf, Timestamp } from '#platform/http/define-routes.ts'

const Name = z.string().trim().min(1).max(200)
/** As `context.externalIds` takes them. */
const IdentifierKind = z.string().regex(/^[a-zA-Z][a-zA-Z0-9_.]{0,62}$/)
export const ValueType = z.enum(['text', 'number', 'boolean', 'date'])
export type ValueType = z.infer<typeof ValueType>

/** `true` stands for the column's own name. `type` reads values as that; without it the whole column decides. */
const Named = z.union([Name, z.literal(true)])
const useFault =
  'Say what becomes of the column, e.g. {"attribute":"city"}, {"identifier":"phone"}, {"property":"sku"}, {"time":true}, {"event":true}, {"skip":true}.'
const Use = z.union(
  [
    z.strictObject({ attribute: Named, type: ValueType.optional() }),
    z.strictObject({ property: Named, type: ValueType.optional() }),
    z.strictObject({ identifier: IdentifierKind }),
    z.strictObject({ time: z.literal(true) }),
    z.strictObject({ event: z.literal(true) }),
    z.strictObject({ skip: z.literal(true) }),
  ],
  { error: useFault },
)
export type ColumnUse = z.infer<typeof Use>
const shorthand = { skip: true, time: true, event: true, attribute: true, property: true } as const
/** What becomes of a column; `"skip"` is short for `{"skip": true}`. */
export const ColumnUse = z.preprocess(
  (value) => (typeof value === 'string' && Object.hasOwn(shorthand, value) ? { [value]: true } : value),
  Use,
)

export const ImportKind = z.enum(['people', 'events', 'orders', 'companies'])
export type ImportKind = z.infer<typeof ImportKind>

/** How a file is to be read and what its columns mean. */
export const ImportSpec = z.object({
  kind: ImportKind,
  /**
   * The column that says who a row is about, and as which kind of identifier; a company by `external_id`, `domain` or
   * `name`.
   */
  key: z.object({ column: z.string().min(1).max(200), kind: IdentifierKind }),
  /** Columns that are not mentioned are skipped. */
  columns: z.record(z.string().max(200), ColumnUse).default({}),
  /** Put on everybody the file mentions, once they are there. */
  tags: z.array(Name).max(50).default([]),
  dry_run: z.boolean().default(false),
  /** Name of every event, where no column gives it. */
  event: z.string().trim().min(1).max(500).optional(),
  /** `create`: rows of known people are skipped; `update`: those of unknown ones. */
  mode: z.enum(['both', 'create', 'update']).default('both'),
  empty_key: z.enum(['fail', 'skip']).default('fail'),
  /** `Select`, `NULL`, `N/A`, `-` … count as no value, or are values like others. */
  placeholders: z.enum(['missing', 'keep']).default('missing'),
  /** Of dates like 03/05/2024, where no value of the column tells. */
  date_order: z.enum(['dmy', 'mdy']).optional(),
  /** Of a workbook; the first shown one by default. */
  sheet: z.string().max(200).optional(),
})
export type ImportSpec = z.infer<typeof ImportSpec>

/** How files are read, without what belongs to one run. */
export const SavedSpec = ImportSpec.omit({ dry_run: true })
export type SavedSpec = z.infer<typeof SavedSpec>

export const SaveMapping = z.object({
  name: Name,
  /** Of the file it was made for: a file with the same set of columns is offered it. */
  columns: z.array(z.string().max(200)).min(1).max(2000),
  spec: SavedSpec,
})
export type SaveMapping = z.infer<typeof SaveMapping>

export const SavedMapping = SaveMapping.extend({
  id: z.string(),
  updatedBy: z.string(),
  updatedAt: Timestamp,
})
export type SavedMapping = z.infer<typeof SavedMapping>

const Details = z.record(z.string(), z.union([z.string(), z.number()]))
export const Warning = z.object({ code: z.string(), details: Details.optional() })

export const PreviewColumn = z.object({
  name: z.string(),
  type: ValueType.or(z.literal('list')),
  /** What the values look like, where it is more than a type. */
  looks: z.enum(['email', 'phone', 'id']).nullable(),
  samples: z.array(z.string()),
  /** Of the rows looked at: with a value, and with different values. */
  filled: z.number().int(),
  distinct: z.number().int(),
  suggestion: Use,
})
export type PreviewColumn = z.infer<typeof PreviewColumn>

export const Preview = z.object({
  /** Starts an import of this file without sending it again; kept for a day. */
  upload: z.string(),
  name: z.string(),
  bytes: z.number().int(),
  format: z.enum(['delimited', 'xlsx', 'ndjson']),
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
  sheet: z.string().nullable(),
  sheets: z.array(z.string()),
  /** Rows that were looked at: the first thousand. */
  rows: z.number().int(),
  columns: z.array(PreviewColumn),
  suggestion: ImportSpec.pick({ kind: true, key: true, columns: true }).extend({
    key: z.object({ column: z.string(), kind: z.string() }).nullable(),
  }),
  warnings: z.array(Warning),
  /** Saved mappings this file can be read by; made for the same columns first. */
  mappings: z.array(SavedMapping.extend({ same: z.boolean() })),
})
export type Preview = z.infer<typeof Preview>

export const ImportState = z.enum(['queued', 'running', 'done', 'failed', 'cancelled', 'undoing', 'undone'])
export type ImportState = z.infer<typeof ImportState>

/** Rows with the same reason. */
export const ReasonGroup = z.object({
  code: z.string(),
  outcome: z.enum(['failed', 'skipped', 'noted']),
  count: z.number().int(),
  examples: z.array(z.object({ row: z.number().int(), details: Details })),
})
export type ReasonGroup = z.infer<typeof ReasonGroup>

export const Import = z.object({
  id: z.string(),
  /** File name. */
  name: z.string(),
  kind: ImportKind,
  dry_run: z.boolean(),
  state: ImportState,
  /** Rows of the file; null until it was read once. */
  rows: z.number().int().nullable(),
  created: z.number().int(),
  updated: z.number().int(),
  skipped: z.number().int(),
  failed: z.number().int(),
  /** Lines that had been quoted as a whole and were taken apart. */
  repaired: z.number().int(),
  /** People or companies it had made and its undoing removed. */
  removed: z.number().int(),
  reasons: z.array(ReasonGroup),
  /**
   * Whether the counts above are told in round numbers: of a file with more phones, mails or other personal values
   * than are looked up one by one, who sees them masked is not told of each whether somebody has it.
   */
  rounded: z.boolean(),
  /** Why the whole import failed. */
  error: z.object({ code: z.string(), message: z.string(), details: Details.optional() }).nullable(),
  upload: z.string().nullable(),
  spec: ImportSpec,
  job: z.string().nullable(),
  /** Share done, 0–1. */
  progress: z.number(),
  undoable: z.boolean(),
  by: z.string(),
  createdAt: Timestamp,
  finishedAt: Timestamp.nullable(),
})
export type Import = z.infer<typeof Import>

/** What a list of imports is narrowed by. */
export const ImportFilter = z.object({
  /** Part of the file's name. */
  search: z.string().max(200).optional(),
  kind: ImportKind.optional(),
  state: ImportState.optional(),
  /** `me`: only one's own. */
  by: z.enum(['me']).optional(),
})
export type ImportFilter = z.infer<typeof ImportFilter>

/** What a page keeps of unfinished choices; only the page understands it. */
const UploadDraft = z
  .record(z.string().max(64), z.unknown())
  .refine((draft) => JSON.stringify(draft).length <= 500_000, { params: { reason: 'too_long' } })
export type UploadDraft = z.infer<typeof UploadDraft>

const OneImport = z.object({ id: z.string().min(1).max(64) })
const fileFaults = [
  'import.empty',
  'import.not_a_table',
  'import.bad_workbook',
  'import.too_large_unpacked',
  'import.no_header',
  'import.too_many_columns',
  'import.open_quote',
] as const

export const routes = defineRoutes({
  list: {
    get: '/api/imports',
    access: 'import:read',
    summary: 'Imports, newest first',
    query: PageQuery.extend(ImportFilter.shape),
    returns: pageOf(Import),
  },
  preview: {
    post: '/api/imports/preview',
    access: 'import:write',
    upload: true,
    summary:
      'Keep a file (multipart `file`) for a day and say what is in it: format, columns, a mapping to begin with',
    query: z.object({
      sheet: z.string().max(200).optional(),
      /** An import whose corrected error file this is: its mapping is the one to begin with. */
      again: z.string().max(64).optional(),
    }),
    returns: Preview,
    fails: ['import.missing', ...fileFaults],
  },
  getUpload: {
    get: '/api/imports/uploads/:id',
    access: 'import:write',
    summary: 'A kept file as its preview said it, and what was chosen for it so far; within a day',
    params: OneImport,
    query: z.object({ again: z.string().max(64).optional() }),
    returns: z.object({ preview: Preview, draft: UploadDraft.nullable() }),
    fails: ['import.unknown_upload', 'import.missing'],
  },
  keepDraft: {
    put: '/api/imports/uploads/:id/draft',
    access: 'import:write',
    summary: 'Keep what was chosen for a file, in whatever shape the page has it, until the file goes',
    params: OneImport,
    body: z.object({ draft: UploadDraft }),
    returns: z.void(),
    fails: ['import.unknown_upload'],
  },
  start: {
    post: '/api/imports',
    access: 'import:write',
    upload: true,
    summary:
      'Start an import: multipart `file` and `spec` (JSON), or as JSON the `upload` of a preview and `spec`',
    body: z.object({ upload: z.string().min(1).max(64), spec: ImportSpec }),
    returns: z.object({ id: z.string() }),
    status: 202,
    fails: [
      'import.unknown_upload',
      'import.unknown_column',
      'import.no_event',
      'import.no_time',
      'import.bad_key_kind',
      'import.not_of_company',
      ...fileFaults,
    ],
  },
  listMappings: {
    get: '/api/imports/mappings',
    access: 'import:read',
    summary: 'Saved mappings by name',
    returns: z.object({ items: z.array(SavedMapping) }),
  },
  saveMapping: {
    post: '/api/imports/mappings',
    access: 'import:write',
    summary: 'Keep a mapping under a name, to be offered for files with the same columns and used by sources',
    body: SaveMapping,
    returns: SavedMapping,
    status: 201,
    fails: ['import.mapping_name_taken', 'import.unknown_column', 'import.no_event', 'import.no_time'],
  },
  replaceMapping: {
    put: '/api/imports/mappings/:id',
    access: 'import:write',
    summary: 'Replace a saved mapping; sources that use it read by the new one from then on',
    params: OneImport,
    body: SaveMapping,
    returns: SavedMapping,
    fails: ['import.mapping_missing', 'import.mapping_name_taken', 'import.unknown_column'],
  },
  removeMapping: {
    delete: '/api/imports/mappings/:id',
    access: 'import:write',
    summary: 'Remove a saved mapping that no source uses',
    params: OneImport,
    returns: z.void(),
    status: 204,
    fails: ['import.mapping_missing', 'import.mapping_in_use'],
  },
  get: {
    get: '/api/imports/:id',
    access: 'import:read',
    summary: 'One import with its counts; created + updated + skipped + failed = rows once it is done',
    params: OneImport,
    returns: Import,
    fails: ['import.missing'],
  },
  errors: {
    get: '/api/imports/:id/errors',
    access: 'import:write',
    produces: 'text/csv',
    summary:
      'Failed rows as CSV: the original columns, the row number, a code and the reason in English and Chinese',
    params: OneImport,
    returns: z.unknown(),
    fails: ['import.missing'],
  },
  cancel: {
    post: '/api/imports/:id/cancel',
    access: 'import:write',
    summary: 'Stop an import; what it has written stays and can be undone',
    params: OneImport,
    returns: Import,
    fails: ['import.missing', 'import.ended'],
  },
  undo: {
    post: '/api/imports/:id/undo',
    access: 'import:write',
    summary:
      'Take back what an import wrote: its events, its values where they still stand, and people known through it alone',
    params: OneImport,
    returns: Import,
    status: 202,
    fails: ['import.missing', 'import.not_undoable'],
  },
})
