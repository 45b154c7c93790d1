import { sql } from 'kysely'
import type { z } from 'zod'
import type { routes } from '#modules/profiles/contract.ts'
import { nameOf } from '#modules/profiles/server/person-name.ts'
import { personNumber } from '#modules/profiles/server/person-numbers.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import { readPeople } from '#modules/profiles/server/rebuild-people.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Output } from '#platform/http/define-routes.ts'
import type { Tx } from '#platform/pg/database.ts'

// Three a minute all day long: more than anybody calls, far less than copying a list takes.
const mostPerHour = 200
const hourMs = 3_600_000

/** Full values of one person that were asked for by name; who looked at whose is in the audit log for ever. */
export async function reveal(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  publicId: string,
  { fields, why }: z.infer<typeof routes.reveal.body>,
): Promise<Output<typeof routes.reveal>> {
  const person = await personNumber(deps, ctx, publicId)
  return deps.database.write(ctx, async (tx) => {
    await countReveal(tx, ctx)
    const facts = (await readPeople(tx, tx.workspace, [person])).get(person)
    if (!facts) throw new AppError('profile.missing', 'missing', 'There is no such person.')
    const wanted = new Set(fields)
    await deps.audit(tx, ctx, {
      action: 'profile.revealed',
      subject: deps.personIds.encode(tx.workspace, person),
      details: { fields: [...wanted], ...(why ? { why } : {}) },
    })
    return {
      ...(wanted.has('name') ? { name: nameOf(facts) } : {}),
      identifiers: facts.identifiers
        .filter((id) => wanted.has(id.kind))
        .map(({ kind, value }) => ({ kind, value })),
      attributes: Object.fromEntries(Object.entries(facts.attributes).filter(([name]) => wanted.has(name))),
    }
  })
}

/** Counts one look at full values, of whatever; throws `profile.too_many_reveals`. */
export async function countReveal(tx: Tx, { actor, now }: WorkspaceCtx): Promise<void> {
  const key = actor.kind === 'member' ? actor.memberId : actor.kind === 'api_key' ? actor.keyId : actor.kind
  const hour = new Date(Math.floor(now / hourMs) * hourMs)
  const row = await tx.row<{ count: number }>(sql`
    insert into profiles.reveal_count (workspace_id, actor, hour, count) values (${tx.workspace}, ${key}, ${hour}, 1)
    on conflict (workspace_id, actor, hour) do update set count = profiles.reveal_count.count + 1
    returning count`)
  // Older hours tell nothing any more.
  if (row?.count === 1)
    await tx.run(sql`
      delete from profiles.reveal_count
      where workspace_id = ${tx.workspace} and actor = ${key} and hour < ${hour}`)
  if ((row?.count ?? 0) > mostPerHour)
    throw new AppError(
      'profile.too_many_reveals',
      'limited',
      `More than ${mostPerHour} looks at full values in an hour; go on later.`,
      { retryAfter: Math.ceil((hour.getTime() + hourMs - now) / 1000) },
    )
}
