import type { Fault, Need, Preview } from '#modules/content/contract/template.ts'
import type { ContentDeps } from '#modules/content/server/content-deps.ts'
import { personValues } from '#modules/content/server/preview/person-values.ts'
import { samplePerson } from '#modules/content/server/preview/sample-person.ts'
import { type PersonValues, type Rendered, renderMany } from '#modules/content/server/render/render-many.ts'
import { languageFor, type TemplateVersion } from '#modules/content/server/render/version.ts'
import { readSmsRules } from '#modules/content/server/setting-store.ts'
import { compileDraft } from '#modules/content/server/templates/compile-draft.ts'
import { readBody } from '#modules/content/server/templates/read-body.ts'
import { readDrafts, requireTemplate } from '#modules/content/server/templates/template-store.ts'
import { requireVersion } from '#modules/content/server/templates/version-store.ts'
import { readWorkspaceName } from '#modules/content/server/workspace-name.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { ChannelKind } from '#slots/channel-kind.ts'

export type Watched = {
  person?: string | undefined
  event?: { name: string; properties: Record<string, unknown> } | undefined
  /** In place of the person's own. */
  language?: string | undefined
}
type Looked = { version: TemplateVersion; faults: Fault[] }

/** What one person would get of a saved template: of its draft, or of a version of it. */
export async function previewTemplate(
  deps: ContentDeps,
  ctx: WorkspaceCtx,
  id: string,
  { version: number, ...watched }: Watched & { version?: number | undefined },
): Promise<Preview> {
  const looked = number === undefined ? await draftOf(deps, ctx, id) : await versionOf(deps, ctx, id, number)
  return show(deps, ctx, looked, watched)
}

/** The same of a text nobody has saved. */
export async function previewBody(
  deps: ContentDeps,
  ctx: WorkspaceCtx,
  {
    channel,
    body,
    purpose,
    ...watched
  }: Watched & {
    channel: ChannelKind
    body: Record<string, unknown>
    purpose: 'marketing' | 'transactional'
  },
): Promise<Preview> {
  const read = readBody(channel, body)
  const language = watched.language ?? ctx.language
  const made = await compileDraft(deps, ctx, { channel, purpose }, [{ language, body: read }])
  const sms = await deps.database.read(ctx, readSmsRules)
  const version: TemplateVersion = {
    ...{ templateId: '', name: '', channel, purpose, number: 0, num: 0, workspace: ctx.workspace.num },
    ...{ languages: [language], bodies: { [language]: read }, compiled: made.compiled, needs: made.needs },
    ...{ links: made.links, onMissing: 'send', sms },
  }
  return show(deps, ctx, { version, faults: made.faults }, watched)
}

/** The draft as if it were published. */
export async function draftOf(deps: ContentDeps, ctx: WorkspaceCtx, id: string): Promise<Looked> {
  const { row, drafts, sms } = await deps.database.read(ctx, async (tx) => ({
    row: await requireTemplate(tx, id),
    drafts: await readDrafts(tx, id),
    sms: await readSmsRules(tx),
  }))
  const { faults, ...made } = await compileDraft(deps, ctx, row, drafts)
  const bodies = Object.fromEntries(drafts.map(({ language, body }) => [language, body]))
  const version: TemplateVersion = {
    ...{ templateId: id, name: row.name, channel: row.channel, purpose: row.purpose, number: 0, num: 0 },
    ...{ workspace: ctx.workspace.num, languages: row.languages, bodies, ...made, onMissing: 'send', sms },
  }
  return { version, faults }
}

async function versionOf(deps: ContentDeps, ctx: WorkspaceCtx, id: string, number: number): Promise<Looked> {
  return deps.database.read(ctx, async (tx) => {
    const row = await requireTemplate(tx, id)
    const { num, languages, bodies, compiled, needs, links } = await requireVersion(tx, id, number)
    const version: TemplateVersion = {
      ...{ templateId: id, name: row.name, channel: row.channel, purpose: row.purpose, number, num },
      ...{ workspace: ctx.workspace.num, languages, bodies, compiled, needs, links, onMissing: 'send' },
      sms: await readSmsRules(tx),
    }
    return { version, faults: [] }
  })
}

/** One person's message; links stay as they are written, so that nobody counts as having clicked. */
export async function renderFor(
  deps: ContentDeps,
  ctx: WorkspaceCtx,
  version: TemplateVersion,
  watched: Watched,
): Promise<Rendered> {
  const person = await valuesFor(deps, ctx, watched)
  const name = await deps.database.read(ctx, readWorkspaceName)
  const page = `${deps.baseUrl}/`
  const [rendered] = await renderMany(
    deps,
    version,
    [
      {
        message: 'preview',
        person: watched.language ? { ...person, language: watched.language } : person,
        ...(watched.event ? { event: { ...watched.event, time: new Date(ctx.now).toISOString() } } : {}),
        links: { unsubscribe: page, preferences: page, view: page },
      },
    ],
    { workspace: { name, timezone: ctx.workspace.timezone } },
  )
  if (!rendered) throw new Error('one person, one message')
  return rendered
}

async function valuesFor(
  deps: ContentDeps,
  ctx: WorkspaceCtx,
  { person, language }: Watched,
): Promise<PersonValues> {
  if (person === undefined) return samplePerson(language ?? ctx.language)
  const number = await deps.profiles.personNumber(ctx, person)
  return (await personValues(deps, ctx, [number])).get(number) ?? {}
}

async function show(
  deps: ContentDeps,
  ctx: WorkspaceCtx,
  looked: Looked,
  watched: Watched,
): Promise<Preview> {
  const { version, faults } = looked
  const isBroken = faults.some(({ code }) => code === 'liquid' || code === 'too_heavy')
  const rendered = isBroken ? undefined : await renderFor(deps, ctx, version, watched)
  const needs: Need[] = [...version.needs]
  const shown = {
    faults,
    needs,
    missing: rendered?.missing ?? [],
    language: languageFor(version.languages, watched.language),
  }
  if (!rendered || 'error' in rendered)
    return { ...shown, rendered: null, error: rendered?.error ?? null, segments: null, bytes: 0 }
  const { body, segments, language } = rendered
  const whole = String(body.html ?? '') || JSON.stringify(body)
  return { ...shown, language, rendered: body, error: null, segments, bytes: Buffer.byteLength(whole) }
}
