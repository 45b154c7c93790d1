import { behaviour, eventsOfPerson, unitsOfPerson } from '#modules/profiles/server/person-events.ts'
import { personNumber } from '#modules/profiles/server/person-numbers.ts'
import type { ReadDeps } from '#modules/profiles/server/profile-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

/** Names of what one person did, the most frequent first. */
export async function eventNames(deps: ReadDeps, ctx: WorkspaceCtx, publicId: string) {
  const person = await personNumber(deps, ctx, publicId)
  const units = await deps.database.read(ctx, (tx) => unitsOfPerson(tx, person))
  const items = await deps.ch.query<{ name: string; count: number }>(
    `SELECT event AS name, count() AS count FROM events WHERE ${eventsOfPerson(deps.personOf, units)} AND ${behaviour}
     GROUP BY name ORDER BY count DESC, name`,
    { ws: ctx.workspace.num },
  )
  return { items }
}
