import { sql } from 'kysely'
import { handSource, sourceOfKey } from '#modules/access/index.ts'
import { createKinds, kindNamed } from '#modules/profiles/identity/kind-rules.ts'
import { acceptValues } from '#modules/profiles/server/attributes/accept-values.ts'
import { registerAttributes } from '#modules/profiles/server/attributes/register-attributes.ts'
import { changePeople } from '#modules/profiles/server/change-people.ts'
import { loadIdentitySettings } from '#modules/profiles/server/identity-settings.ts'
import { noteChanges } from '#modules/profiles/server/person-changes.ts'
import { personBehind, personNumber, rootOf } from '#modules/profiles/server/person-numbers.ts'
import { presentPerson } from '#modules/profiles/server/present-people.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import { byHand, loadTraits } from '#modules/profiles/server/unit-traits.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Attributes set by hand, told at the person's root identifier; null removes. Later values of the sources win again. */
export async function updatePerson(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  publicId: string,
  attributes: Record<string, unknown>,
) {
  checkNames(attributes)
  await personNumber(deps, ctx, publicId)
  const given = await deps.database.read(ctx, (tx) => acceptValues(deps, tx, attributes))
  const person = await changePeople(deps, ctx, {
    plan: (tx) => personBehind(deps, tx, publicId),
    carryOut: async (tx, person) => {
      await tell(deps, ctx, tx, person, given)
      const { change, shipments } = await deps.recogniser.decide(tx, tx.workspace, { observations: [] }, [
        person,
      ])
      const subject = deps.personIds.encode(tx.workspace, person)
      await deps.audit(tx, ctx, {
        action: 'profile.updated',
        subject,
        details: { attributes: Object.keys(attributes) },
      })
      const content = { names: Object.keys(attributes) }
      if (content.names.length > 0)
        await noteChanges(tx, 'attributes', [{ person, content }], { actor: ctx.actor, at: ctx.now })
      return { result: person, change, shipments }
    },
  })
  return presentPerson(deps, ctx, person)
}

async function tell(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  tx: Tx,
  person: number,
  attributes: Record<string, unknown>,
) {
  await deps.recogniser.prepare(tx, new Set([tx.workspace]))
  const root = await rootOf(tx, person)
  const kinds = createKinds(await loadIdentitySettings(tx, tx.workspace))
  const keepAll = kindNamed(kinds, root.kind).class === 'device'
  const at = await momentAfter(tx, person, Object.keys(attributes), ctx.now)
  const traits = deps.recogniser.traits(tx.workspace)
  for (const [name, value] of Object.entries(attributes))
    await traits.tellOne(tx, person, name, [value, at, byHand], keepAll)
  const given = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null))
  const sourceId = ctx.actor.kind === 'api_key' ? sourceOfKey(ctx.actor.keyId) : handSource
  await registerAttributes(tx, tx.workspace, new Map(), [{ traits: given, sourceId }])
}

/** Now, or just after a value that a client with a fast clock has sent: who edits must see their edit. */
async function momentAfter(tx: Tx, person: number, names: readonly string[], now: number): Promise<number> {
  const units = await tx.rows<{ unit: number }>(sql`
    select unit from profiles.identifier where workspace_id = ${tx.workspace} and person = ${person}
    union select unit from profiles.identifier_guest where workspace_id = ${tx.workspace} and person = ${person}`)
  const traits = await loadTraits(
    tx,
    tx.workspace,
    units.map((row) => row.unit),
  )
  let at = now
  for (const told of traits.values())
    for (const name of names)
      for (const [, time] of Object.hasOwn(told, name) ? (told[name] ?? []) : []) at = Math.max(at, time + 1)
  return at
}

function checkNames(attributes: Record<string, unknown>): void {
  for (const name of Object.keys(attributes))
    if (!/^\P{Cc}{1,200}$/u.test(name))
      throw new AppError('profile.bad_attribute', 'invalid', 'Attribute names have 1 to 200 characters.', {
        details: { path: `/body/attributes/${name}` },
      })
}
