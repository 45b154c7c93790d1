import { stat } from 'node:fs/promises'
import type { ImportSpec, Preview, PreviewColumn, UploadDraft } from '#modules/imports/contract.ts'
import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import { requireImport } from '#modules/imports/server/import-store.ts'
import { looksLikeEmails, looksLikePhones, typeOf } from '#modules/imports/server/mapping/column-profile.ts'
import { type Suggestion, suggestMapping } from '#modules/imports/server/mapping/suggest-mapping.ts'
import { type Survey, surveyTable } from '#modules/imports/server/mapping/survey.ts'
import { headerOf, mappingsFor, presentMapping } from '#modules/imports/server/mapping-store.ts'
import { detectLayout, openTable } from '#modules/imports/server/reading/open-table.ts'
import {
  fetchUpload,
  type NewUpload,
  readUpload,
  saveDraft,
  storeUpload,
  type UploadRow,
  withFile,
} from '#modules/imports/server/upload-store.ts'
import { attributeNames } from '#modules/profiles/index.ts'
import { actorKey, type WorkspaceCtx } from '#platform/context.ts'
import { newId } from '#platform/ids.ts'

const rowsLookedAt = 1000

/** Looks at a received file, refuses what is no table, and keeps it. */
export async function keepFile(
  deps: ImportDeps,
  ctx: WorkspaceCtx,
  path: string,
  name: string,
  sheet?: string,
) {
  const { sheets, ...layout } = await detectLayout(path, sheet)
  const survey = await lookAt(path, layout)
  const columns = survey.columns.map((column) => column.name)
  const { size } = await stat(path)
  const upload: NewUpload = {
    id: newId('upl'),
    name,
    bytes: size,
    layout,
    columns,
    by: ctx.actor.name,
    actor: actorKey(ctx.actor),
  }
  await storeUpload(deps, ctx, path, upload)
  return { upload, sheets, survey }
}

async function lookAt(path: string, layout: Parameters<typeof openTable>[1]): Promise<Survey> {
  const table = await openTable(path, layout)
  try {
    return await surveyTable(table, { keepPlaceholders: false, rows: rowsLookedAt })
  } finally {
    table.close()
  }
}

export async function previewFile(
  deps: ImportDeps,
  ctx: WorkspaceCtx,
  path: string,
  given: { name: string; sheet?: string | undefined; again?: string | undefined },
): Promise<Preview> {
  return presentFile(deps, ctx, await keepFile(deps, ctx, path, given.name, given.sheet), given.again)
}

/** A kept file looked at anew, with what was chosen for it. */
export async function previewUpload(
  deps: ImportDeps,
  ctx: WorkspaceCtx,
  id: string,
  again: string | undefined,
): Promise<{ preview: Preview; draft: UploadDraft | null }> {
  const upload = await deps.database.read(ctx, (tx) => readUpload(tx, ctx, id))
  return withFile(async (path) => {
    await fetchUpload(deps, ctx, id, path)
    const { sheets } = await detectLayout(path, upload.layout.sheet ?? undefined)
    const survey = await lookAt(path, upload.layout)
    return { preview: await presentFile(deps, ctx, { upload, sheets, survey }, again), draft: upload.draft }
  })
}

/** Of one's own file. */
export const keepDraft = (
  deps: ImportDeps,
  ctx: WorkspaceCtx,
  id: string,
  draft: UploadDraft,
): Promise<void> =>
  deps.database.write(ctx, async (tx) => {
    await readUpload(tx, ctx, id)
    await saveDraft(tx, id, draft)
  })

type KeptFile = { upload: UploadRow; sheets: string[]; survey: Survey }

async function presentFile(
  deps: ImportDeps,
  ctx: WorkspaceCtx,
  { upload, sheets, survey }: KeptFile,
  again: string | undefined,
): Promise<Preview> {
  const names = upload.columns
  const { suggestion, mappings } = await deps.database.read(ctx, async (tx) => {
    const said = again === undefined ? undefined : (await requireImport(tx, ctx, again)).spec
    return {
      suggestion: said ? fitSpec(said, names) : suggestMapping(survey.columns, await attributeNames(tx)),
      mappings: await mappingsFor(tx, names),
    }
  })
  const { format, encoding, delimiter } = upload.layout
  const columns = survey.columns.map((column) => presentColumn(column, suggestion))
  return {
    ...{ upload: upload.id, name: upload.name, bytes: upload.bytes, format, encoding, delimiter, sheets },
    ...{ sheet: upload.layout.sheet, rows: survey.rows, columns, suggestion, warnings: warningsOf(survey) },
    mappings: mappings.map((row) => ({
      ...presentMapping(row),
      same: headerOf(row.columns) === headerOf(names),
    })),
  }
}

/** What an earlier import did with these columns; those it had not, its own of an error file among them, are left out. */
function fitSpec(spec: ImportSpec, names: readonly string[]): Suggestion {
  const columns = names.map((name) => [
    name,
    (Object.hasOwn(spec.columns, name) ? spec.columns[name] : undefined) ?? { skip: true as const },
  ])
  const key = names.includes(spec.key.column) ? spec.key : null
  return { kind: spec.kind, key, columns: Object.fromEntries(columns) as Suggestion['columns'] }
}

/** Of a long file only the beginning was looked at: what was counted there is not the whole. */
const warningsOf = ({ warnings, rows }: Survey) =>
  rows < rowsLookedAt
    ? warnings
    : warnings.map((one) =>
        one.code === 'repaired_lines'
          ? { code: 'repaired_at_first', details: { ...one.details, rows } }
          : one,
      )

function presentColumn(
  { name, profile, distinct }: Survey['columns'][number],
  given: Suggestion,
): PreviewColumn {
  const looks = looksLikeEmails(profile) ? 'email' : looksLikePhones(profile) ? 'phone' : null
  return {
    name,
    type: typeOf(profile),
    looks: looks ?? (given.key?.column === name ? 'id' : null),
    samples: profile.distinct.map((sample) => sample.slice(0, 80)),
    filled: profile.filled,
    distinct,
    suggestion: given.columns[name] ?? { skip: true },
  }
}
