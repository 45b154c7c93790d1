import { sql } from 'kysely'
import type { CircleDeps } from '#modules/companies/server/circle-deps.ts'
import { circlesOfPerson } from '#modules/companies/server/companies-of-person.ts'
import type { Traits } from '#modules/companies/server/told.ts'
import { numberList } from '#modules/profiles/index.ts'
import { deleteRows } from '#platform/ch/upkeep.ts'
import type { Tx } from '#platform/pg/database.ts'
import type { PersonalDataKeeper } from '#slots/personal-data.ts'

/** Where somebody belongs. What a company is called and does is nobody's personal data, and stays. */
export function circleKeeper(deps: Pick<CircleDeps, 'database' | 'ch'>): PersonalDataKeeper {
  return {
    name: 'companies',
    tell: async (ctx, { person }) => {
      const found = await deps.database.read(ctx, (tx) => circlesOfPerson(tx, person))
      const told = (kind: string) =>
        found
          .filter(({ circle }) => circle.kind === kind)
          .map(({ circle, since, title }) => ({
            id: circle.id,
            name: circle.name || circle.externalId,
            title,
            since: new Date(since).toISOString(),
          }))
      return { companies: told('company'), households: told('household') }
    },
    forget: async (ctx, { units, marks }) => {
      await deps.database.write(ctx, async (tx) => {
        await forgetMessages(tx, units, marks)
        await tx.run(sql`delete from companies.member
          where workspace_id = ${tx.workspace} and unit = any(${units}::bigint[])`)
        await tx.run(sql`delete from companies.no_household
          where workspace_id = ${tx.workspace} and unit = any(${units}::bigint[])`)
        // Nobody is left in it: its name may say who they were.
        await tx.run(sql`delete from companies.circle c where c.workspace_id = ${tx.workspace} and c.kind = 'household'
          and not exists (select from companies.member m where m.workspace_id = c.workspace_id and m.circle = c.num)`)
        await tx.run(sql`update companies.circle set shared_unit = null
          where workspace_id = ${tx.workspace} and shared_unit = any(${units}::bigint[])`)
      })
      const rows = `ws = ${Math.trunc(ctx.workspace.num)} AND unit IN (${numberList(units)})`
      await deleteRows(deps.ch, 'circle_member', () => rows)
    },
  }
}

/** What they told of a company stays; the ids of their calls may be made of their own. */
async function forgetMessages(tx: Tx, units: readonly number[], marks: readonly string[]): Promise<void> {
  const rows = await tx.rows<{ num: number; traits: Traits }>(sql`
    select num, traits from companies.circle where workspace_id = ${tx.workspace} and num in (
      select circle from companies.member where workspace_id = ${tx.workspace} and unit = any(${units}::bigint[]))`)
  for (const { num, traits } of rows) {
    const named = Object.values(traits).filter((told) => marks.some((mark) => told[2].includes(mark)))
    if (named.length === 0) continue
    for (const told of named) told[2] = '~erased'
    await tx.run(sql`update companies.circle set traits = ${JSON.stringify(traits)}::jsonb
      where workspace_id = ${tx.workspace} and num = ${num}`)
  }
}
