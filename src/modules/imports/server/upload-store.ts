import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { zstdCompress, zstdDecompress } from 'node:zlib'
import { sql } from 'kysely'
import type { UploadDraft } from '#modules/imports/contract.ts'
import type { ImportDeps } from '#modules/imports/server/import-deps.ts'
import { plainJson, sweepDetails } from '#modules/imports/server/import-store.ts'
import type { Layout } from '#modules/imports/server/reading/open-table.ts'
import { actorKey, type WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

export type UploadRow = {
  id: string
  name: string
  bytes: number
  layout: Layout
  columns: string[]
  actor: string
}
export type KeptUpload = UploadRow & { draft: UploadDraft | null }
export type NewUpload = UploadRow & { by: string }
type Deps = Pick<ImportDeps, 'database'>

const partBytes = 1024 * 1024
const keptHours = 24

/** Runs work with a path in a folder of its own, which is gone afterwards. */
export async function withFile<T>(work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-import-'))
  try {
    return await work(join(folder, 'file'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Keeps a file; its parts first, so that nobody finds a row without them. */
export async function storeUpload(
  deps: Deps,
  ctx: WorkspaceCtx,
  path: string,
  upload: NewUpload,
): Promise<void> {
  await deps.database.write(ctx, async (tx) => {
    await sweep(tx, ctx.now)
    await sweepDetails(tx, ctx.now)
    await tx.run(sql`
      insert into imports.upload (id, workspace_id, name, bytes, layout, columns, created_by, actor, created_at)
      values (${upload.id}, ${tx.workspace}, ${upload.name}, ${upload.bytes}, ${JSON.stringify(upload.layout)}::jsonb,
        ${JSON.stringify(upload.columns)}::jsonb, ${upload.by}, ${upload.actor},
        ${new Date(ctx.now)})`)
  })
  let part = 0
  for await (const content of createReadStream(path, { highWaterMark: partBytes })) {
    const packed = await compress(content as Buffer)
    await deps.database.write(ctx, (tx) =>
      tx.run(sql`insert into imports.upload_part (workspace_id, upload_id, part, content)
        values (${tx.workspace}, ${upload.id}, ${part}, ${packed})`),
    )
    part++
  }
}

// Files somebody looked at and never imported; those of a running import stay.
const sweep = (tx: Tx, now: number) =>
  tx.run(sql`
    delete from imports.upload u where workspace_id = ${tx.workspace}
      and created_at < ${new Date(now - keptHours * 3_600_000)}
      and not exists (select from imports.import i where i.workspace_id = ${tx.workspace}
        and i.upload_id = u.id and i.state in ('queued', 'running'))`)

/** As an import: one's own, or anybody's for who sees everybody. */
export async function readUpload(tx: Tx, ctx: WorkspaceCtx, id: string): Promise<KeptUpload> {
  const row = await tx.row<KeptUpload>(sql`
    select id, name, bytes, layout, columns, actor, draft from imports.upload
    where workspace_id = ${tx.workspace} and id = ${id}`)
  if (row && (ctx.scope.all || row.actor === actorKey(ctx.actor))) return row
  throw new AppError('import.unknown_upload', 'invalid', 'This file is not kept any more; send it again.', {
    details: { path: '/body/upload' },
  })
}

/** Answers 0 where the file is gone. */
export const saveDraft = (tx: Tx, id: string, draft: UploadDraft): Promise<number> =>
  tx.run(sql`update imports.upload set draft = ${plainJson(draft)}::jsonb
    where workspace_id = ${tx.workspace} and id = ${id}`)

/** Unless another import still has to read it. */
export async function removeUpload(tx: Tx, id: string): Promise<void> {
  const gone = await tx.run(sql`
    delete from imports.upload where workspace_id = ${tx.workspace} and id = ${id} and not exists (
      select from imports.import i where i.workspace_id = ${tx.workspace} and i.upload_id = ${id}
        and i.state in ('queued', 'running'))`)
  if (gone === 0) return
  await tx.run(sql`update imports.import set upload_id = null
    where workspace_id = ${tx.workspace} and upload_id = ${id} and state not in ('queued', 'running')`)
}

/** Writes the kept file to a path. */
export async function fetchUpload(deps: Deps, ctx: WorkspaceCtx, id: string, path: string): Promise<void> {
  await pipeline(Readable.from(partsOf(deps, ctx, id)), createWriteStream(path))
}

async function* partsOf(deps: Deps, ctx: WorkspaceCtx, id: string): AsyncGenerator<Buffer> {
  for (let part = 0; ; part++) {
    const row = await deps.database.read(ctx, (tx) =>
      tx.row<{ content: Buffer }>(sql`
        select content from imports.upload_part where upload_id = ${id} and part = ${part}`),
    )
    if (!row) return
    yield await decompress(row.content)
  }
}
