import { isMember, loadEventNotes, saveEventNote } from '#modules/collect/server/event-note-store.ts'
import { saidOf } from '#modules/collect/server/list-catalogue.ts'
import type { Audit } from '#modules/profiles/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Database } from '#platform/pg/database.ts'
import type { EventLabels } from '#slots/event-words.ts'

export type DescribeDeps = { database: Database; audit: Audit }
export type Description = {
  name: string
  labels?: EventLabels | undefined
  description?: string | undefined
  ownerId?: string | null | undefined
  hidden?: boolean | undefined
}

/** Says something of an event; what is not given stays as it was. */
export async function describeEvent(deps: DescribeDeps, ctx: WorkspaceCtx, said: Description) {
  return deps.database.write(ctx, async (tx) => {
    const before = saidOf((await loadEventNotes(tx, said.name)).get(said.name))
    const owner = said.ownerId === undefined ? (before.owner?.id ?? null) : said.ownerId
    if (said.ownerId && !(await isMember(tx, said.ownerId)))
      throw new AppError('event.owner_missing', 'invalid', 'There is no member with this id.', {
        details: { path: '/body/ownerId' },
      })
    const { name, labels = before.labels, description = before.description, hidden = before.hidden } = said
    const at = new Date(ctx.now)
    await saveEventNote(tx, { name, labels, description, owner, hidden, at, by: ctx.actor.name })
    await deps.audit(tx, ctx, {
      action: 'event.described',
      subject: name,
      details: { owner, hidden, labels },
    })
    return { name, ...saidOf((await loadEventNotes(tx, name)).get(name)) }
  })
}
