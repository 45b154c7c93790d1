import type { Template, TemplateLine, Version } from '#modules/content/contract/template.ts'
import type { ContentDeps } from '#modules/content/server/content-deps.ts'
import { compileDraft } from '#modules/content/server/templates/compile-draft.ts'
import { presentLine, presentTemplate } from '#modules/content/server/templates/present-template.ts'
import {
  listTemplateRows,
  type Position,
  readDrafts,
  readShelves,
  requireTemplate,
  type Wanted,
} from '#modules/content/server/templates/template-store.ts'
import {
  listVersionRows,
  requireVersion,
  type VersionLine,
} from '#modules/content/server/templates/version-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { decodeCursor, encodeCursor } from '#platform/http/cursor.ts'
import type { PageQuery } from '#platform/http/define-routes.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { TemplateUser } from '#slots/template-users.ts'

export async function listTemplates(
  deps: ContentDeps,
  ctx: WorkspaceCtx,
  { limit, cursor, ...wanted }: PageQuery & Wanted,
): Promise<{ items: TemplateLine[]; next: string | null; folders: string[]; labels: string[] }> {
  const key = decodeCursor(cursor, ['time', 'text'])
  const after: Position | undefined = key && { time: String(key[0]), id: String(key[1]) }
  const { rows, shelves } = await deps.database.read(ctx, async (tx) => ({
    rows: await listTemplateRows(tx, wanted, after, limit + 1),
    shelves: await readShelves(tx),
  }))
  const items = rows.slice(0, limit).map(presentLine)
  const last = items.at(-1)
  const next = rows.length > limit && last ? encodeCursor([last.updatedAt, last.id]) : null
  return { items, next, ...shelves }
}

/** With what is wrong with the draft, found anew: what was fine may not be after an update of the program. */
export async function getTemplate(deps: ContentDeps, ctx: WorkspaceCtx, id: string): Promise<Template> {
  const { row, drafts, users } = await deps.database.read(ctx, async (tx) => ({
    row: await requireTemplate(tx, id),
    drafts: await readDrafts(tx, id),
    users: await usersOf(deps, tx, [id]),
  }))
  const { faults, needs } = await compileDraft(deps, ctx, row, drafts)
  return presentTemplate(row, { drafts, faults, needs, users })
}

/** What sends these templates. */
export async function usersOf(
  deps: Pick<ContentDeps, 'users'>,
  tx: Tx,
  ids: readonly string[],
): Promise<TemplateUser[]> {
  const found: TemplateUser[] = []
  for (const slot of deps.users) found.push(...(await slot.usersOf(tx, ids)))
  return found
}

export async function listVersions(
  deps: ContentDeps,
  ctx: WorkspaceCtx,
  id: string,
  { limit, cursor }: PageQuery,
): Promise<{ items: Version[]; next: string | null }> {
  const key = decodeCursor(cursor, ['place'])
  const rows = await deps.database.read(ctx, async (tx) => {
    await requireTemplate(tx, id)
    return listVersionRows(tx, id, key && Number(key[0]), limit + 1)
  })
  const items = rows.slice(0, limit).map(presentVersion)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encodeCursor([last.number]) : null }
}

export async function getVersion(deps: ContentDeps, ctx: WorkspaceCtx, id: string, number: number) {
  const row = await deps.database.read(ctx, async (tx) => {
    await requireTemplate(tx, id)
    return requireVersion(tx, id, number)
  })
  const variants = row.languages.map((language) => ({ language, body: row.bodies[language] ?? {} }))
  return { ...presentVersion(row), variants }
}

const presentVersion = (row: VersionLine): Version => ({
  number: row.number,
  note: row.note,
  by: row.published_by,
  at: row.published_at.toISOString(),
  languages: row.languages,
})
