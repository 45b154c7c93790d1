import { sql } from 'kysely'
import type { ReviewItem } from '#modules/profiles/contract.ts'
import { type Crowded, findSuspicious, type Shared } from '#modules/profiles/server/find-suspicious.ts'
import { loadMask } from '#modules/profiles/server/masking/load-mask.ts'
import type { Mask } from '#modules/profiles/server/masking/mask.ts'
import { presentPeople } from '#modules/profiles/server/present-people.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

/** What looks wrong with who is who and was not accepted yet, largest first. */
export async function listReview(deps: ProfileDeps, ctx: WorkspaceCtx): Promise<{ items: ReviewItem[] }> {
  const { crowded, shared } = await findSuspicious(deps, ctx)
  const { units, accepted, mask } = await deps.database.read(ctx, async (tx) => ({
    units: await unitsOf(tx, shared),
    accepted: await acceptedCounts(tx),
    mask: await loadMask(tx, ctx),
  }))
  const found = [
    ...crowded.map((one) => ({ subject: `crowded:${one.person}:${one.kind}`, persons: [one.person], one })),
    ...shared.flatMap((one) => {
      const unit = units.get(`${one.kind}:${one.value}`)
      return unit === undefined ? [] : [{ subject: `shared:${unit}`, persons: one.persons, one }]
    }),
  ].filter(({ subject, one }) => one.count > (accepted.get(subject) ?? 0))
  const names = await namesOf(deps, ctx, [...new Set(found.flatMap((one) => one.persons))])
  const items = found.map(({ subject, persons, one }) => ({
    id: publicId(deps, ctx, subject),
    ...toldOf(mask, one),
    kind: one.kind,
    count: one.count,
    people: persons.flatMap((person) => names.get(person) ?? []),
  }))
  return { items: items.filter((item) => item.people.length > 0).sort((a, b) => b.count - a.count) }
}

function toldOf(mask: Mask, one: Crowded | Shared) {
  const shown = (value: string) => mask.identifier({ kind: one.kind, value }).value
  return 'value' in one
    ? { reason: 'shared' as const, values: [shown(one.value)] }
    : { reason: 'crowded' as const, values: one.values.map(shown) }
}

/** This is right as it is: not shown again unless it grows. */
export async function acceptFinding(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  { id, count }: { id: string; count: number },
): Promise<void> {
  const subject = subjectOf(deps, ctx, id)
  await deps.database.write(ctx, async (tx) => {
    await tx.run(sql`
      insert into profiles.review_accepted (workspace_id, subject, count, at, by)
      values (${tx.workspace}, ${subject}, ${count}, ${new Date(ctx.now)}, ${ctx.actor.name})
      on conflict (workspace_id, subject) do update set count = excluded.count, at = excluded.at, by = excluded.by`)
    await deps.audit(tx, ctx, { action: 'identity_review.accepted', details: { subject, count } })
  })
}

/** Numbers of people and identifiers count up, so outside they stand as ids of people do. */
function publicId(deps: ProfileDeps, ctx: WorkspaceCtx, subject: string): string {
  const [reason, number, ...kind] = subject.split(':')
  return [reason, deps.personIds.encode(ctx.workspace.num, Number(number)), ...kind].join(':')
}

function subjectOf(deps: ProfileDeps, ctx: WorkspaceCtx, id: string): string {
  const [reason, number = '', ...kind] = id.split(':')
  const decoded = deps.personIds.decode(ctx.workspace.num, number)
  if (decoded === undefined || (reason !== 'crowded' && reason !== 'shared'))
    throw new AppError('identity_review.missing', 'missing', 'There is no such finding.')
  return [reason, decoded, ...kind].join(':')
}

async function unitsOf(tx: Tx, shared: readonly Shared[]): Promise<Map<string, number>> {
  const rows = await tx.rows<{ kind: string; value: string; unit: number }>(sql`
    select i.kind, i.value, i.unit from profiles.identifier i
    join unnest(${shared.map((one) => one.kind)}::text[], ${shared.map((one) => one.value)}::text[]) as s (kind, value)
      on i.kind = s.kind and i.value = s.value where i.workspace_id = ${tx.workspace}`)
  return new Map(rows.map((row) => [`${row.kind}:${row.value}`, row.unit]))
}

async function acceptedCounts(tx: Tx): Promise<Map<string, number>> {
  const rows = await tx.rows<{ subject: string; count: number }>(
    sql`select subject, count from profiles.review_accepted where workspace_id = ${tx.workspace}`,
  )
  return new Map(rows.map((row) => [row.subject, row.count]))
}

async function namesOf(deps: ProfileDeps, ctx: WorkspaceCtx, persons: readonly number[]) {
  const profiles = await presentPeople(deps, ctx, persons)
  return new Map(
    profiles.map(({ id, name }) => [deps.personIds.decode(ctx.workspace.num, id) as number, { id, name }]),
  )
}
