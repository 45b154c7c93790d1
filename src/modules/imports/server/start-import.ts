import type { FastifyRequest } from 'fastify'
import { ImportSpec } from '#modules/imports/contract.ts'
import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import { insertImport, setJob } from '#modules/imports/server/import-store.ts'
import { checkSpec } from '#modules/imports/server/mapping/compile-spec.ts'
import { nameKinds } from '#modules/imports/server/mapping/name-kinds.ts'
import { keepFile, previewFile } from '#modules/imports/server/preview-file.ts'
import { receiveForm } from '#modules/imports/server/receive-form.ts'
import { runKind } from '#modules/imports/server/run-import.ts'
import { readUpload, removeUpload, type UploadRow, withFile } from '#modules/imports/server/upload-store.ts'
import { sightOf } from '#modules/profiles/index.ts'
import { actorKey, type WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { invalidRequest } from '#platform/http/problem.ts'
import { refuseUnstorable } from '#platform/http/refuse-unstorable.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/enqueue.ts'

export const previewForm = (
  deps: ImportDeps,
  ctx: WorkspaceCtx,
  request: FastifyRequest,
  query: { sheet?: string | undefined; again?: string | undefined },
) =>
  withFile(async (path) => {
    const { name } = await receiveForm(request, path)
    return previewFile(deps, ctx, path, { name, ...query })
  })

/** A form with file and spec: the file is looked at before anything is promised. */
export function startFromForm(
  deps: ImportDeps,
  ctx: WorkspaceCtx,
  request: FastifyRequest,
): Promise<{ id: string }> {
  return withFile(async (path) => {
    const form = await receiveForm(request, path)
    const spec = readSpec(form.spec)
    const { upload } = await keepFile(deps, ctx, path, form.name, spec.sheet)
    try {
      return await start(deps, ctx, upload, spec)
    } catch (error) {
      await deps.database.write(ctx, (tx) => removeUpload(tx, upload.id))
      throw error
    }
  })
}

export async function startFromUpload(
  deps: ImportDeps,
  ctx: WorkspaceCtx,
  { upload: id, spec }: { upload: string; spec: ImportSpec },
): Promise<{ id: string }> {
  const upload = await deps.database.read(ctx, (tx) => readUpload(tx, ctx, id))
  return start(deps, ctx, upload, spec)
}

function readSpec(text: string | undefined): ImportSpec {
  if (text === undefined)
    throw new AppError('import.bad_spec', 'invalid', 'The form has no field named spec.')
  const parsed = ImportSpec.safeParse(nameKinds(parse(text)))
  if (!parsed.success) throw invalidRequest('spec', parsed.error)
  return parsed.data
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    refuseUnstorable('spec', value)
    return value
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('import.bad_spec', 'invalid', 'The field spec is not valid JSON.', { cause: error })
  }
}

async function start(deps: ImportDeps, ctx: WorkspaceCtx, upload: UploadRow, spec: ImportSpec) {
  checkSpec(spec, upload.columns)
  const id = newId('imp')
  await deps.database.write(ctx, async (tx) => {
    const { name, layout } = upload
    await insertImport(tx, {
      id,
      upload_id: upload.id,
      name,
      spec,
      layout,
      created_by: ctx.actor.name,
      actor: actorKey(ctx.actor),
      // Whose file it is, whoever starts with it.
      made_by: upload.actor,
      asker: sightOf(ctx) === 'blind' ? ctx.actor : null,
      now: ctx.now,
    })
    const memberId = ctx.actor.kind === 'member' ? { memberId: ctx.actor.memberId } : {}
    const job = await enqueue(tx, {
      kind: runKind,
      payload: { importId: id },
      key: id,
      title: name,
      ...memberId,
    })
    await setJob(tx, id, job)
    if (!spec.dry_run)
      await deps.audit(tx, ctx, { action: 'import.started', subject: id, details: { name, kind: spec.kind } })
  })
  return { id }
}
