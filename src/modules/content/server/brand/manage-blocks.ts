import type { SavedBlock } from '#modules/content/contract/brand.ts'
import { isElement, readMarkup } from '#modules/content/design/markup.ts'
import {
  type BlockRow,
  deleteBlock,
  listBlockRows,
  requireBlock,
  usersOfBlocks,
  writeBlock,
} from '#modules/content/server/brand/block-store.ts'
import type { ContentDeps } from '#modules/content/server/content-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'
import { newId } from '#platform/ids.ts'
import type { Tx } from '#platform/pg/database.ts'

type Said = { name: string; mjml: string }

export function listBlocks(deps: ContentDeps, ctx: WorkspaceCtx, { limit, cursor }: PageQuery) {
  const key = decodeCursor(cursor, ['text', 'text'])
  return deps.database.read(ctx, async (tx) => {
    const rows = await listBlockRows(tx, key && { name: String(key[0]), id: String(key[1]) }, limit + 1)
    const items = await present(tx, rows.slice(0, limit))
    const last = items.at(-1)
    const next = rows.length > limit && last ? encodeCursor([last.name.toLowerCase(), last.id]) : null
    return { items, next }
  })
}

export const createBlock = (deps: ContentDeps, ctx: WorkspaceCtx, said: Said): Promise<SavedBlock> =>
  deps.database.write(ctx, (tx) => put(deps, tx, ctx, { id: newId('blk'), version: 1 }, said, 'created'))

export const changeBlock = (
  deps: ContentDeps,
  ctx: WorkspaceCtx,
  id: string,
  said: Said,
): Promise<SavedBlock> =>
  deps.database.write(ctx, async (tx) => {
    const row = await requireBlock(tx, id)
    const version = row.mjml === said.mjml ? row.version : row.version + 1
    return put(deps, tx, ctx, { id, version }, said, 'changed')
  })

export const removeBlock = (deps: ContentDeps, ctx: WorkspaceCtx, id: string): Promise<void> =>
  deps.database.write(ctx, async (tx) => {
    const row = await requireBlock(tx, id)
    const usedBy = await usersOfBlocks(tx, [id])
    if (usedBy.length > 0)
      throw new AppError('content_block.in_use', 'conflict', 'Templates use this block.', {
        details: { usedBy },
      })
    await deleteBlock(tx, id)
    await deps.audit(tx, ctx, { action: 'content_block.deleted', subject: id, details: { name: row.name } })
  })

async function put(
  deps: ContentDeps,
  tx: Tx,
  ctx: WorkspaceCtx,
  place: Pick<BlockRow, 'id' | 'version'>,
  { name, mjml }: Said,
  what: 'created' | 'changed',
): Promise<SavedBlock> {
  const elements = readMarkup(mjml).filter(isElement)
  if (elements.length === 0 || elements.some((one) => !/^mj-(section|wrapper|hero)$/.test(one.name)))
    throw new AppError(
      'content_block.not_a_row',
      'invalid',
      'A block is one or more rows: mj-section, mj-wrapper or mj-hero.',
      {
        details: { path: '/body/mjml' },
      },
    )
  const row: BlockRow = { ...place, name, mjml, updated_at: new Date(ctx.now), updated_by: ctx.actor.name }
  await writeBlock(tx, row)
  await deps.audit(tx, ctx, { action: `content_block.${what}`, subject: row.id, details: { name } })
  const [shown] = await present(tx, [row])
  if (!shown) throw new Error('one row, one block')
  return shown
}

async function present(tx: Tx, rows: readonly BlockRow[]): Promise<SavedBlock[]> {
  const users = await usersOfBlocks(
    tx,
    rows.map(({ id }) => id),
  )
  return rows.map(({ id, name, version, mjml, updated_at, updated_by }) => ({
    ...{ id, name, version, mjml, updatedAt: updated_at.toISOString(), updatedBy: updated_by },
    usedBy: users
      .filter(({ block }) => block === id)
      .map(({ id: template, name: called }) => ({ id: template, name: called })),
  }))
}
