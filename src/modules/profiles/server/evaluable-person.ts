import { loadMarks } from '#modules/profiles/server/attributes/attribute-marks.ts'
import { loadIdentitySettings } from '#modules/profiles/server/identity-settings.ts'
import { eventsOfPerson, unitsOfPerson } from '#modules/profiles/server/person-events.ts'
import { canonicalAttributes } from '#modules/profiles/server/person-lines.ts'
import type { ReadDeps } from '#modules/profiles/server/profile-deps.ts'
import { readPeople } from '#modules/profiles/server/rebuild-people.ts'
import { flatten, type Person } from '#modules/rules/index.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'

/** One person with everything a rule may ask about, as the TypeScript evaluator takes it. */
export async function evaluablePerson(
  deps: ReadDeps,
  ctx: Pick<WorkspaceCtx, 'workspace'>,
  person: number,
): Promise<Person> {
  const ws = ctx.workspace.num
  const { facts, units, settings, marks } = await deps.database.read(ctx, async (tx) => ({
    facts: (await readPeople(tx, ws, [person])).get(person),
    units: await unitsOfPerson(tx, person),
    settings: await loadIdentitySettings(tx, ws),
    marks: await loadMarks(tx, ws),
  }))
  if (!facts) throw new AppError('profile.missing', 'missing', 'There is no such person.')
  const rows = await deps.ch.query<{ ms: number; message_id: string; event: string; properties: string }>(
    `SELECT toUnixTimestamp64Milli(time) AS ms, message_id, event, properties
     FROM events WHERE ${eventsOfPerson(deps.personOf, units)} ORDER BY time, message_id`,
    { ws },
  )
  return {
    attrs: canonicalAttributes(settings, marks, facts.attributes),
    tags: facts.tags,
    owner: facts.owner?.id ?? null,
    department: facts.owner?.department ?? null,
    events: rows.map((row) => ({
      name: row.event,
      time: row.ms,
      messageId: row.message_id,
      props: flatten(JSON.parse(row.properties) as object),
    })),
  }
}
