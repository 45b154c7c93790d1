import { sql } from 'kysely'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { ErasedPerson, PersonalDataKeeper } from '#slots/personal-data.ts'

/** What users did to a person, which goes with their identifiers; and lists of whom bulk work was for. */
export function peopleKeeper(deps: Pick<ProfileDeps, 'database'>): PersonalDataKeeper {
  return {
    name: 'people',
    tell: async (ctx, { person }) => ({
      changes: await deps.database.read(ctx, (tx) => changesOf(tx, person)),
    }),
    forget: (ctx, erased) => deps.database.write(ctx, (tx) => forgetInBatches(tx, erased)),
  }
}

async function changesOf(tx: Tx, person: number) {
  const rows = await tx.rows<{ kind: string; content: object; at: Date; by: string; why: string | null }>(sql`
    select c.kind, c.content, c.at, c.by, c.why from profiles.person_change c
    join profiles.identifier i on i.workspace_id = c.workspace_id and i.unit = c.unit
    where c.workspace_id = ${tx.workspace} and i.person = ${person} order by c.seq`)
  return rows.map(({ kind, content, at, by, why }) => ({
    what: kind,
    ...content,
    time: at.toISOString(),
    by,
    why,
  }))
}

/** Whom work was for is kept from its beginning on, so a question that names somebody is not needed any more. */
async function forgetInBatches(tx: Tx, { units, marks }: ErasedPerson): Promise<void> {
  await tx.run(sql`
    update profiles.people_batch set persons = array(
      select one from unnest(persons) as p (one) where one <> all(${[...units]}::bigint[]))
    where workspace_id = ${tx.workspace} and persons && ${[...units]}::bigint[]`)
  await tx.run(sql`
    update profiles.people_batch set question = question - 'search'
    where workspace_id = ${tx.workspace} and persons is not null and exists (
      select from unnest(${[...marks]}::text[]) as m (mark) where position(lower(nullif(question->>'search', '')) in lower(mark)) > 0)`)
}
