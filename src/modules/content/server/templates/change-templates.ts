import type { NewTemplate, Template } from '#modules/content/contract/template.ts'
import type { ContentDeps } from '#modules/content/server/content-deps.ts'
import { publishTemplate } from '#modules/content/server/templates/publish-template.ts'
import { headlineOf, readBody } from '#modules/content/server/templates/read-body.ts'
import { getTemplate, usersOf } from '#modules/content/server/templates/read-templates.ts'
import {
  deleteDrafts,
  deleteTemplate,
  holdTemplate,
  insertTemplate,
  readDrafts,
  requireTemplate,
  type TemplateRow,
  updateTemplate,
  writeDraft,
} from '#modules/content/server/templates/template-store.ts'
import { requireVersion } from '#modules/content/server/templates/version-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Makes a template; ready to be sent unless it is to stay a draft. */
export async function createTemplate(
  deps: ContentDeps,
  ctx: WorkspaceCtx,
  { name, folder, labels, language, purpose, onMissing, draft, channel, ...given }: NewTemplate,
): Promise<Template> {
  if (!draft && !ctx.permissions.has('content:publish'))
    throw new AppError('access.denied', 'denied', 'Publishing needs content:publish; send "draft": true.', {
      details: { permission: 'content:publish' },
    })
  const body = readBody(channel, given)
  const row = blank(ctx, {
    channel,
    name,
    folder,
    labels,
    purpose,
    on_missing: onMissing,
    languages: [language],
  })
  const id = await deps.database.write(ctx, (tx) => put(deps, tx, ctx, row, [{ language, body }]))
  if (draft) return getTemplate(deps, ctx, id)
  try {
    return await publishTemplate(deps, ctx, id, { note: '' })
  } catch (error) {
    // Nothing is left of what could not be made as it was asked for.
    if (error instanceof AppError && error.code === 'template.faulty')
      await deps.database.write(ctx, (tx) => deleteTemplate(tx, id))
    throw error
  }
}

export async function copyTemplate(
  deps: ContentDeps,
  ctx: WorkspaceCtx,
  id: string,
  name: string,
): Promise<Template> {
  const made = await deps.database.write(ctx, async (tx) => {
    const row = await requireTemplate(tx, id)
    return put(deps, tx, ctx, blank(ctx, { ...row, name }), await readDrafts(tx, id))
  })
  return getTemplate(deps, ctx, made)
}

type Said = Pick<
  TemplateRow,
  'channel' | 'name' | 'folder' | 'labels' | 'purpose' | 'on_missing' | 'languages'
>

const blank = (ctx: WorkspaceCtx, said: Said): TemplateRow => ({
  ...said,
  id: newId('tpl'),
  headline: '',
  revision: 1,
  published_revision: null,
  version: null,
  pending: false,
  archived_at: null,
  updated_at: new Date(ctx.now),
  updated_by: ctx.actor.name,
})

type Variants = readonly { language: string; body: Record<string, unknown> }[]

async function put(deps: ContentDeps, tx: Tx, ctx: WorkspaceCtx, row: TemplateRow, variants: Variants) {
  const first = variants.find(({ language }) => language === row.languages[0])
  await insertTemplate(tx, { ...row, headline: headlineOf(first?.body ?? {}) }, new Date(ctx.now))
  for (const { language, body } of variants) await writeDraft(tx, row.id, language, body, ctx.now)
  const details = { name: row.name, channel: row.channel }
  await deps.audit(tx, ctx, { action: 'template.created', subject: row.id, details })
  return row.id
}

type Facts = Partial<Pick<TemplateRow, 'name' | 'folder' | 'labels' | 'purpose'>> & {
  onMissing?: TemplateRow['on_missing'] | undefined
  fallbackLanguage?: string | undefined
}

export async function changeTemplate(
  deps: ContentDeps,
  ctx: WorkspaceCtx,
  id: string,
  { onMissing, fallbackLanguage, ...rest }: { [K in keyof Facts]: Facts[K] | undefined },
): Promise<Template> {
  await deps.database.write(ctx, async (tx) => {
    const row = await holdTemplate(tx, id)
    const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
    if (fallbackLanguage !== undefined && !row.languages.includes(fallbackLanguage)) throw languageMissing()
    const languages =
      fallbackLanguage === undefined
        ? {}
        : { languages: [fallbackLanguage, ...row.languages.filter((one) => one !== fallbackLanguage)] }
    const changes = { ...said, ...(onMissing ? { on_missing: onMissing } : {}), ...languages }
    // Published again only where it changes what is sent.
    const goesUp = fallbackLanguage !== undefined
    await updateTemplate(tx, id, changes, { by: ctx.actor.name, now: ctx.now, goesUp })
    await deps.audit(tx, ctx, { action: 'template.changed', subject: id, details: changes })
  })
  return getTemplate(deps, ctx, id)
}

export async function saveDraft(
  deps: ContentDeps,
  ctx: WorkspaceCtx,
  { id, language }: { id: string; language: string },
  { revision, body: given }: { revision?: number | undefined; body: Record<string, unknown> },
): Promise<Template> {
  await deps.database.write(ctx, async (tx) => {
    const row = await holdTemplate(tx, id, revision)
    const body = readBody(row.channel, given)
    await writeDraft(tx, id, language, body, ctx.now)
    const languages = row.languages.includes(language) ? row.languages : [...row.languages, language]
    const headline = language === languages[0] ? { headline: headlineOf(body) } : {}
    const changes = { languages, ...headline }
    await updateTemplate(tx, id, changes, { by: ctx.actor.name, now: ctx.now, goesUp: true })
  })
  return getTemplate(deps, ctx, id)
}

export async function removeDraft(
  deps: ContentDeps,
  ctx: WorkspaceCtx,
  { id, language }: { id: string; language: string },
): Promise<Template> {
  await deps.database.write(ctx, async (tx) => {
    const row = await holdTemplate(tx, id)
    if (!row.languages.includes(language)) throw languageMissing()
    const languages = row.languages.filter((one) => one !== language)
    if (languages.length === 0)
      throw new AppError('template.last_language', 'conflict', 'A template has at least one language.')
    await deleteDrafts(tx, id, languages)
    await updateTemplate(tx, id, { languages }, { by: ctx.actor.name, now: ctx.now, goesUp: true })
  })
  return getTemplate(deps, ctx, id)
}

/** What was published says again what the draft says, in its languages. */
export async function restoreVersion(
  deps: ContentDeps,
  ctx: WorkspaceCtx,
  id: string,
  number: number,
): Promise<Template> {
  await deps.database.write(ctx, async (tx) => {
    await holdTemplate(tx, id)
    const { languages, bodies } = await requireVersion(tx, id, number)
    await deleteDrafts(tx, id, languages)
    for (const language of languages) await writeDraft(tx, id, language, bodies[language] ?? {}, ctx.now)
    const headline = headlineOf(bodies[languages[0] ?? ''] ?? {})
    await updateTemplate(tx, id, { languages, headline }, { by: ctx.actor.name, now: ctx.now, goesUp: true })
    await deps.audit(tx, ctx, { action: 'template.version_restored', subject: id, details: { number } })
  })
  return getTemplate(deps, ctx, id)
}

export async function archiveTemplate(deps: ContentDeps, ctx: WorkspaceCtx, id: string): Promise<void> {
  await deps.database.write(ctx, async (tx) => {
    const row = await requireTemplate(tx, id, true)
    if (row.archived_at) throw new AppError('template.missing', 'missing', 'There is no such template.')
    const holders = (await usersOf(deps, tx, [id])).filter(({ holds }) => holds)
    if (holders.length > 0)
      throw new AppError('template.in_use', 'conflict', 'Something sends this template.', {
        details: { usedBy: holders.map(({ kind, id, name }) => ({ kind, id, name })) },
      })
    const changes = { archived_at: new Date(ctx.now) }
    await updateTemplate(tx, id, changes, { by: ctx.actor.name, now: ctx.now, goesUp: false })
    await deps.audit(tx, ctx, { action: 'template.archived', subject: id, details: { name: row.name } })
  })
}

export async function unarchiveTemplate(deps: ContentDeps, ctx: WorkspaceCtx, id: string): Promise<Template> {
  await deps.database.write(ctx, async (tx) => {
    const row = await requireTemplate(tx, id, true)
    if (!row.archived_at) return
    await updateTemplate(tx, id, { archived_at: null }, { by: ctx.actor.name, now: ctx.now, goesUp: false })
    await deps.audit(tx, ctx, { action: 'template.restored', subject: id, details: { name: row.name } })
  })
  return getTemplate(deps, ctx, id)
}

const languageMissing = () =>
  new AppError('template.language_missing', 'invalid', 'The template does not say anything in this language.')
