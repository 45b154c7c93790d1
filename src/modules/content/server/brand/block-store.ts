import { sql } from 'kysely'
import { AppError } from '#platform/errors.ts'
import { type Tx, violates } from '#platform/pg/database.ts'

export type BlockRow = {
  id: string
  name: string
  version: number
  mjml: string
  updated_at: Date
  updated_by: string
}

const columns = sql`b.id, b.name, b.version, v.mjml, b.updated_at, b.updated_by`
const latest = sql`content.block b join content.block_version v
  on v.workspace_id = b.workspace_id and v.block_id = b.id and v.version = b.version`

export const listBlockRows = (
  tx: Tx,
  after: { name: string; id: string } | undefined,
  limit: number,
): Promise<BlockRow[]> =>
  tx.rows<BlockRow>(sql`
    select ${columns} from ${latest}
    where b.workspace_id = ${tx.workspace}
      and (${after === undefined} or (lower(b.name), b.id) > (${after?.name ?? ''}, ${after?.id ?? ''}))
    order by lower(b.name), b.id limit ${limit}`)

export async function requireBlock(tx: Tx, id: string): Promise<BlockRow> {
  const row = await tx.row<BlockRow>(
    sql`select ${columns} from ${latest} where b.workspace_id = ${tx.workspace} and b.id = ${id} for update of b`,
  )
  if (!row) throw new AppError('content_block.missing', 'missing', 'There is no such block.')
  return row
}

/** A new one, or a new version of it. */
export async function writeBlock(tx: Tx, row: BlockRow): Promise<void> {
  try {
    await tx.run(sql`
      insert into content.block (workspace_id, id, name, version, updated_at, updated_by)
      values (${tx.workspace}, ${row.id}, ${row.name}, ${row.version}, ${row.updated_at}, ${row.updated_by})
      on conflict (workspace_id, id) do update set name = excluded.name, version = excluded.version,
        updated_at = excluded.updated_at, updated_by = excluded.updated_by`)
  } catch (error) {
    if (!violates(error, 'block_name')) throw error
    throw new AppError('content_block.name_taken', 'conflict', 'There is a block of this name.')
  }
  await tx.run(sql`insert into content.block_version (workspace_id, block_id, version, mjml)
    values (${tx.workspace}, ${row.id}, ${row.version}, ${row.mjml}) on conflict do nothing`)
}

export const deleteBlock = (tx: Tx, id: string): Promise<number> =>
  tx.run(sql`delete from content.block where workspace_id = ${tx.workspace} and id = ${id}`)

/** Templates whose draft names these blocks. */
export const usersOfBlocks = (
  tx: Tx,
  ids: readonly string[],
): Promise<{ block: string; id: string; name: string }[]> =>
  tx.rows(sql`
    select distinct wanted.id as block, t.id, t.name from unnest(${[...ids]}::text[]) wanted (id)
    join content.draft d on d.workspace_id = ${tx.workspace}
      and position('<hw-block id="' || wanted.id || '"' in d.body->>'mjml') > 0
    join content.template t on t.workspace_id = d.workspace_id and t.id = d.template_id
    where t.archived_at is null order by t.name`)

/** What blocks say, by `id` for the newest and `id version` for one that is pinned. */
export async function readBlockTexts(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; version: number; newest: number; mjml: string }>(sql`
    select b.id, v.version, b.version as newest, v.mjml from content.block b
    join content.block_version v on v.workspace_id = b.workspace_id and v.block_id = b.id
    where b.workspace_id = ${tx.workspace} and b.id = any(${[...ids]}::text[])`)
  const texts = new Map<string, string>()
  for (const { id, version, newest, mjml } of rows) {
    texts.set(`${id} ${version}`, mjml)
    if (version === newest) texts.set(id, mjml)
  }
  return texts
}
