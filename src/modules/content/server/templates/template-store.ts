import { type RawBuilder, sql } from 'kysely'
import { AppError } from '#platform/errors.ts'
import { type Tx, violates } from '#platform/pg/database.ts'
import type { ChannelKind } from '#slots/channel-kind.ts'

export type TemplateRow = {
  id: string
  channel: ChannelKind
  name: string
  folder: string
  labels: string[]
  purpose: 'marketing' | 'transactional'
  on_missing: 'send' | 'refuse'
  languages: string[]
  headline: string
  revision: number
  published_revision: number | null
  version: number | null
  pending: boolean
  archived_at: Date | null
  updated_at: Date
  updated_by: string
}
export type DraftRow = { language: string; body: Record<string, unknown>; updated_at: Date }
export type Position = { time: string; id: string }
export type Wanted = {
  search?: string | undefined
  channel?: string | undefined
  folder?: string | undefined
  label?: string | undefined
  language?: string | undefined
  archived: boolean
  published: boolean
}

const columns = sql`id, channel, name, folder, labels, purpose, on_missing, languages, headline, revision,
  published_revision, version, pending, archived_at, updated_at, updated_by`

export const listTemplateRows = (
  tx: Tx,
  wanted: Wanted,
  after: Position | undefined,
  limit: number,
): Promise<TemplateRow[]> =>
  tx.rows<TemplateRow>(sql`
    select ${columns} from content.template
    where workspace_id = ${tx.workspace} and (archived_at is not null) = ${wanted.archived}
      and (${wanted.search ?? null}::text is null
        or position(lower(${wanted.search ?? ''}) in lower(name || ' ' || headline)) > 0)
      and (${wanted.channel ?? null}::text is null or channel = ${wanted.channel ?? ''})
      and (${wanted.folder ?? null}::text is null or folder = ${wanted.folder ?? ''})
      and (${wanted.label ?? null}::text is null or ${wanted.label ?? ''} = any(labels))
      and (${wanted.language ?? null}::text is null or ${wanted.language ?? ''} = any(languages))
      and (not ${wanted.published} or version is not null)
      and (${after === undefined} or (updated_at, id) < (${after?.time ?? null}::timestamptz, ${after?.id ?? null}))
    order by updated_at desc, id desc limit ${limit}`)

/** Words templates are sorted by, of those that are not put away. */
export const readShelves = async (tx: Tx): Promise<{ folders: string[]; labels: string[] }> =>
  (await tx.row<{ folders: string[]; labels: string[] }>(sql`
    select coalesce(array_agg(distinct folder order by folder) filter (where folder <> ''), '{}') as folders,
      coalesce((select array_agg(distinct l order by l) from content.template t, unnest(t.labels) l
        where t.workspace_id = ${tx.workspace} and t.archived_at is null), '{}') as labels
    from content.template where workspace_id = ${tx.workspace} and archived_at is null`)) ?? {
    folders: [],
    labels: [],
  }

export async function requireTemplate(tx: Tx, id: string, hold = false): Promise<TemplateRow> {
  const row = await tx.row<TemplateRow>(sql`
    select ${columns} from content.template where workspace_id = ${tx.workspace} and id = ${id}
    ${hold ? sql`for update` : sql``}`)
  if (!row) throw new AppError('template.missing', 'missing', 'There is no such template.')
  return row
}

/** One that may be changed, held until the end. */
export async function holdTemplate(tx: Tx, id: string, revision?: number): Promise<TemplateRow> {
  const row = await requireTemplate(tx, id, true)
  if (row.archived_at)
    throw new AppError('template.archived', 'conflict', 'This template was put away; bring it back first.')
  if (revision !== undefined && revision !== row.revision)
    throw new AppError('template.changed', 'conflict', 'Somebody else has changed this template meanwhile.')
  return row
}

export const insertTemplate = (tx: Tx, row: TemplateRow, now: Date): Promise<number> =>
  named(
    tx.run(sql`
      insert into content.template (workspace_id, id, channel, name, folder, labels, purpose, on_missing, languages,
        headline, created_at, updated_at, updated_by)
      values (${tx.workspace}, ${row.id}, ${row.channel}, ${row.name}, ${row.folder}, ${row.labels}::text[],
        ${row.purpose}, ${row.on_missing}, ${row.languages}::text[], ${row.headline}, ${now}, ${now}, ${row.updated_by})`),
  )

/** One that was never published. */
export const deleteTemplate = (tx: Tx, id: string): Promise<number> =>
  tx.run(
    sql`delete from content.template where workspace_id = ${tx.workspace} and id = ${id} and version is null`,
  )

type Changes = Partial<
  Pick<
    TemplateRow,
    | 'name'
    | 'folder'
    | 'labels'
    | 'purpose'
    | 'on_missing'
    | 'languages'
    | 'headline'
    | 'version'
    | 'published_revision'
    | 'pending'
    | 'archived_at'
  >
>

/** What is said about a template, or in it (`goesUp`: what is looked at is not the newest any more). */
export function updateTemplate(
  tx: Tx,
  id: string,
  changes: Changes,
  { by, now, goesUp }: { by: string; now: number; goesUp: boolean },
): Promise<number> {
  const sets: RawBuilder<unknown>[] = Object.entries(changes).map(([column, value]) => {
    const isList = column === 'labels' || column === 'languages'
    return sql`${sql.raw(column)} = ${value}${isList ? sql`::text[]` : sql``}`
  })
  return named(
    tx.run(sql`
      update content.template set ${sql.join([...sets, sql`updated_at = ${new Date(now)}`, sql`updated_by = ${by}`])}
        ${goesUp ? sql`, revision = revision + 1` : sql``}
      where workspace_id = ${tx.workspace} and id = ${id}`),
  )
}

export const readDrafts = (tx: Tx, id: string): Promise<DraftRow[]> =>
  tx.rows<DraftRow>(sql`select language, body, updated_at from content.draft
    where workspace_id = ${tx.workspace} and template_id = ${id} order by language`)

export const writeDraft = (
  tx: Tx,
  id: string,
  language: string,
  body: Record<string, unknown>,
  now: number,
): Promise<number> =>
  tx.run(sql`
    insert into content.draft (workspace_id, template_id, language, body, updated_at)
    values (${tx.workspace}, ${id}, ${language}, ${JSON.stringify(body)}::jsonb, ${new Date(now)})
    on conflict (workspace_id, template_id, language)
    do update set body = excluded.body, updated_at = excluded.updated_at`)

export const deleteDrafts = (tx: Tx, id: string, keep: readonly string[]): Promise<number> =>
  tx.run(sql`delete from content.draft where workspace_id = ${tx.workspace} and template_id = ${id}
    and not (language = any(${[...keep]}::text[]))`)

async function named(work: Promise<number>): Promise<number> {
  try {
    return await work
  } catch (error) {
    if (!violates(error, 'template_name')) throw error
    throw new AppError('template.name_taken', 'conflict', 'There is a template of this name on this channel.')
  }
}
