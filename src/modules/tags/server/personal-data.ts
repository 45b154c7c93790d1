import { sql } from 'kysely'
import { tagHistoryOf } from '#modules/profiles/index.ts'
import type { TagDeps } from '#modules/tags/server/tag-deps.ts'
import type { PersonalDataKeeper } from '#slots/personal-data.ts'

// Far beyond what anybody does to one person by hand or rule; an answer has an end.
const mostEntries = 10_000

/** What was done to a person's tags, which goes with their identifiers; and lists of whom work on many was for. */
export function tagKeeper(deps: Pick<TagDeps, 'database'>): PersonalDataKeeper {
  return {
    name: 'tags',
    tell: async (ctx, { person }) => {
      const page = { before: undefined, limit: mostEntries }
      const entries = await deps.database.read(ctx, (tx) => tagHistoryOf(tx, person, page))
      const tagHistory = entries.map(({ tag, added, at, by, why }) => ({
        tag,
        action: added ? 'added' : 'removed',
        time: at.toISOString(),
        by,
        why,
      }))
      return { tagHistory }
    },
    forget: async (ctx, { units }) => {
      await deps.database.write(ctx, (tx) =>
        tx.run(sql`
          update tags.batch set persons = array(
            select one from unnest(persons) as p (one) where one <> all(${[...units]}::bigint[]))
          where workspace_id = ${tx.workspace} and persons && ${[...units]}::bigint[]`),
      )
    },
  }
}
