import { loadNames, titlesOfEvents, titlesOfProperties } from '#modules/collect/server/names/event-names.ts'
import { spellName } from '#modules/profiles/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import type { Database } from '#platform/pg/database.ts'
import type { EventLabels, EventWords } from '#slots/event-words.ts'

/** What events and properties are called, with how the Chinese names are typed in Latin letters. */
export async function listTitles(
  { database, words }: { database: Database; words: EventWords },
  ctx: WorkspaceCtx,
) {
  const names = await database.read(ctx, (tx) => loadNames(tx, words))
  const spelled = <T extends EventLabels>(one: T) => ({ ...one, spelled: spellName(one.zh) })
  return { events: titlesOfEvents(names).map(spelled), properties: titlesOfProperties(names).map(spelled) }
}
