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
    forget: async (ctx, { units, marks }) => {
      await deps.database.write(ctx, async (tx) => {
        await tx.run(sql`
          update tags.batch set persons = array(
            select one from unnest(persons) as p (one) where one <> all(${[...units]}::bigint[]))
          where workspace_id = ${tx.workspace} and persons && ${[...units]}::bigint[]`)
        // Of work that is over: without its question, what is still to be done would be done to everybody.
        await tx.run(sql`
          update tags.batch b set question = null, persons = '{}'
          where b.workspace_id = ${tx.workspace} and exists (
            select from unnest(${[...marks]}::text[]) as m (mark)
            where position(lower(nullif(b.question->>'search', '')) in lower(mark)) > 0)
            and not exists (
              select from platform.job j
              where j.workspace_id = b.workspace_id and j.id = b.job_id and j.state in ('waiting', 'running'))`)
      })
    },
  }
}
