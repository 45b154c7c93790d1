import { savePropertyNote } from '#modules/collect/server/names/property-note-store.ts'
import type { Audit } from '#modules/profiles/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Database } from '#platform/pg/database.ts'
import type { EventLabels } from '#slots/event-words.ts'

export type PropertyNaming = {
  event: string | null
  path: string
  labels: EventLabels
  description: string
}

/** Says what a property is called, in one event or in all of them; saying nothing takes it back. */
export async function nameProperty(
  { database, audit }: { database: Database; audit: Audit },
  ctx: WorkspaceCtx,
  { event, path, labels, description }: PropertyNaming,
): Promise<void> {
  await database.write(ctx, async (tx) => {
    const at = new Date(ctx.now)
    await savePropertyNote(tx, { event: event ?? '', path, labels, description, at, by: ctx.actor.name })
    await audit(tx, ctx, { action: 'event.property_named', subject: path, details: { event, labels } })
  })
}
