import { sql } from 'kysely'
import type { TrackedLink } from '#modules/content/contract/link.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

export type LinkRow = {
  id: string
  slug: string
  name: string
  target: string
  utm: TrackedLink['utm']
  visits: number
  last_visit: Date | null
  created_at: Date
}
const columns = sql`id, slug, name, target, utm, visits, last_visit, created_at`

export const listLinkRows = (
  tx: Tx,
  after: { time: string; id: string } | undefined,
  limit: number,
): Promise<LinkRow[]> =>
  tx.rows<LinkRow>(sql`
    select ${columns} from content.tracked_link where workspace_id = ${tx.workspace} and archived_at is null
      and (${after === undefined} or (created_at, id) < (${after?.time ?? null}::timestamptz, ${after?.id ?? null}))
    order by created_at desc, id desc limit ${limit}`)

export async function requireLink(tx: Tx, id: string): Promise<LinkRow> {
  const row = await tx.row<LinkRow>(sql`
    select ${columns} from content.tracked_link
    where workspace_id = ${tx.workspace} and id = ${id} and archived_at is null`)
  if (!row) throw new AppError('tracked_link.missing', 'missing', 'There is no such link.')
  return row
}

export const writeLink = (tx: Tx, row: Omit<LinkRow, 'visits' | 'last_visit'>): Promise<number> =>
  tx.run(sql`
    insert into content.tracked_link (workspace_id, id, slug, name, target, utm, created_at)
    values (${tx.workspace}, ${row.id}, ${row.slug}, ${row.name}, ${row.target}, ${JSON.stringify(row.utm)}::jsonb, ${row.created_at})
    on conflict (workspace_id, id) do update set name = excluded.name, target = excluded.target, utm = excluded.utm`)

export const endLink = (tx: Tx, id: string, now: number): Promise<number> =>
  tx.run(sql`update content.tracked_link set archived_at = ${new Date(now)}
    where workspace_id = ${tx.workspace} and id = ${id}`)

/** Over all workspaces: who follows a link names none. */
export const findBySlug = (tx: Tx, slug: string): Promise<(LinkRow & { workspace: number }) | undefined> =>
  tx.row(sql`select workspace_id as workspace, ${columns} from content.tracked_link
    where slug = ${slug} and archived_at is null`)

export const countVisit = (tx: Tx, workspace: number, id: string, now: number): Promise<number> =>
  tx.run(sql`update content.tracked_link set visits = visits + 1, last_visit = ${new Date(now)}
    where workspace_id = ${workspace} and id = ${id}`)

/** Where link `number` of a version leads; over all workspaces, because the token names the version. */
export const findVersionLink = (
  tx: Tx,
  version: number,
  number: number,
): Promise<{ workspace: number; template: string; url: string | null } | undefined> =>
  tx.row(sql`select workspace_id as workspace, template_id as template, links[${number + 1}::int] as url
    from content.version where num = ${version}`)
