import type { Template } from '#modules/content/contract/template.ts'
import type { ContentDeps } from '#modules/content/server/content-deps.ts'
import { compileDraft } from '#modules/content/server/templates/compile-draft.ts'
import { getTemplate } from '#modules/content/server/templates/read-templates.ts'
import {
  holdTemplate,
  readDrafts,
  requireTemplate,
  updateTemplate,
} from '#modules/content/server/templates/template-store.ts'
import { insertVersion } from '#modules/content/server/templates/version-store.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

/**
 * The draft becomes a version, compiled once and for all. Compiled before the transaction, because MJML takes its time;
 * what was changed meanwhile is told by the revision.
 */
export async function publishTemplate(
  deps: ContentDeps,
  ctx: WorkspaceCtx,
  id: string,
  { note, revision }: { note: string; revision?: number | undefined },
): Promise<Template> {
  const { row, drafts } = await deps.database.read(ctx, async (tx) => ({
    row: await requireTemplate(tx, id),
    drafts: await readDrafts(tx, id),
  }))
  const { compiled, needs, faults, links } = await compileDraft(deps, ctx, row, drafts)
  const stops = faults.filter((fault) => fault.stops)
  if (stops.length > 0)
    throw new AppError('template.faulty', 'invalid', stops[0]?.message ?? 'The template cannot be sent.', {
      details: { faults: stops },
    })
  await deps.database.write(ctx, async (tx) => {
    const now = await holdTemplate(tx, id, revision ?? row.revision)
    const subject = { template: id, name: now.name, note }
    if (deps.approval && (await deps.approval.ask(tx, ctx, subject)) === 'pending') {
      await updateTemplate(tx, id, { pending: true }, { by: ctx.actor.name, now: ctx.now, goesUp: false })
      return
    }
    const number = (now.version ?? 0) + 1
    await insertVersion(tx, id, {
      number,
      note,
      published_by: ctx.actor.name,
      published_at: new Date(ctx.now),
      languages: now.languages,
      bodies: Object.fromEntries(drafts.map(({ language, body }) => [language, body])),
      compiled,
      needs,
      links,
    })
    const changes = { version: number, published_revision: now.revision, pending: false }
    await updateTemplate(tx, id, changes, { by: ctx.actor.name, now: ctx.now, goesUp: false })
    await deps.audit(tx, ctx, { action: 'template.published', subject: id, details: { number, note } })
  })
  return getTemplate(deps, ctx, id)
}
