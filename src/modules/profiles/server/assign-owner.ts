import { changePeople, nothing } from '#modules/profiles/server/change-people.ts'
import { activeMember, currentOwners, type Member, saveOwner } from '#modules/profiles/server/owner-store.ts'
import { noteChanges } from '#modules/profiles/server/person-changes.ts'
import { missing, personsBehind, visiblePersons } from '#modules/profiles/server/person-numbers.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

type Assigned = { owner: Member | null; persons: number[]; changed: number }

/** Gives one person to a member, or back to nobody. `visible`: whether the caller may still see the person. */
export async function assignOwner(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  id: string,
  owner: string | null,
): Promise<{ owner: { id: string; name: string } | null; visible: boolean }> {
  const done = await assign(deps, ctx, { ids: [id], owner, pathOf: () => undefined })
  const visible = (await visiblePersons(deps, ctx, done.persons)).length > 0
  return { owner: done.owner && { id: done.owner.id, name: done.owner.name }, visible }
}

/** The same for many, in one turn of the writer; all or nobody. */
export async function assignOwnerToMany(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  { ids, owner }: { ids: readonly string[]; owner: string | null },
): Promise<{ people: number; visible: number }> {
  const done = await assign(deps, ctx, { ids, owner, pathOf: (index) => `/body/ids/${index}` })
  return { people: done.changed, visible: (await visiblePersons(deps, ctx, done.persons)).length }
}

type Order = { ids: readonly string[]; owner: string | null; pathOf: (index: number) => string | undefined }

async function assign(deps: ProfileDeps, ctx: WorkspaceCtx, order: Order): Promise<Assigned> {
  await refuseUnseen(deps, ctx, order)
  const whom = (tx: Tx) => personsBehind(deps, tx, order.ids, order.pathOf)
  return giveTo(deps, ctx, { whom, owner: order.owner })
}

type Giving = {
  /** Asked in the writer's turn. */
  whom: (tx: Tx) => Promise<readonly number[]>
  owner: string | null
  why?: string | null
  /** Work on many that can be undone as a whole. */
  batch?: string
  /** The audit log has heard of the work as a whole. */
  toldAsWhole?: boolean
}

/** Gives people to a member in one turn of the writer; whom the caller sees has been asked before. */
export function giveTo(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  { whom, owner: wanted, batch, why, toldAsWhole }: Giving,
): Promise<Assigned> {
  return changePeople(deps, ctx, {
    plan: async (tx) => {
      const persons = [...new Set(await whom(tx))]
      const owner = await memberOf(tx, wanted)
      const before = await currentOwners(tx, persons)
      const moving = persons.filter((person) => (before.get(person) ?? null) !== wanted)
      return { persons, owner, moving, before }
    },
    carryOut: async (tx, { persons, owner, moving, before }) => {
      const result = { owner, persons, changed: moving.length }
      if (moving.length === 0) return { result, change: nothing(tx.workspace), shipments: [] }
      await saveOwner(tx, moving, { owner, by: ctx.actor.name, at: ctx.now })
      const done = await deps.recogniser.decide(tx, tx.workspace, { observations: [] }, moving)
      if (!toldAsWhole) await note(deps, ctx, tx, { moving, before, owner })
      const changes = moving.map((person) => ({
        person,
        content: { from: before.get(person) ?? null, to: owner?.id ?? null },
      }))
      await noteChanges(tx, 'owner', changes, {
        actor: ctx.actor,
        at: ctx.now,
        why: why ?? null,
        batch: batch ?? null,
      })
      return { ...done, result }
    },
  })
}

/** The data scope is asked outside of the writer's turn; who these are is asked again inside. */
async function refuseUnseen(deps: ProfileDeps, ctx: WorkspaceCtx, { ids, pathOf }: Order): Promise<void> {
  const persons = await deps.database.read(ctx, (tx) => personsBehind(deps, tx, ids, pathOf))
  const seen = new Set(await visiblePersons(deps, ctx, [...new Set(persons)]))
  const hidden = persons.findIndex((person) => !seen.has(person))
  if (hidden >= 0) throw missing(pathOf(hidden))
}

async function memberOf(tx: Tx, id: string | null): Promise<Member | null> {
  if (id === null) return null
  const member = await activeMember(tx, id)
  if (member) return member
  throw new AppError('profile.owner_missing', 'invalid', 'There is no active member with this id.', {
    details: { path: '/body/owner' },
  })
}

type Handover = { moving: readonly number[]; before: ReadonlyMap<number, string>; owner: Member | null }

/** Who gave away whom, and whose they were: what is asked when a customer was taken from a colleague. */
async function note(deps: ProfileDeps, ctx: WorkspaceCtx, tx: Tx, { moving, before, owner }: Handover) {
  const named = moving.map((person) => deps.personIds.encode(tx.workspace, person))
  const [only] = moving
  const details =
    moving.length === 1
      ? { from: before.get(only as number) ?? null, to: owner?.id ?? null }
      : { people: moving.length, from: [...new Set(before.values())], to: owner?.id ?? null, ids: named }
  const subject = moving.length === 1 ? (named[0] as string) : null
  await deps.audit(tx, ctx, { action: 'profile.owner_changed', subject, details })
  if (!owner) return
  await deps.notifier.tell(tx, tx.workspace, {
    type: 'people.assigned',
    to: { member: owner.id },
    except: ctx.actor.kind === 'member' ? ctx.actor.memberId : undefined,
    facts: { count: moving.length, by: ctx.actor.name },
    href: `/people?owner=${owner.id}`,
  })
}
