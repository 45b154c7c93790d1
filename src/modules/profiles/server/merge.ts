import type { Identifier } from '#modules/profiles/identity/observation.ts'
import { planMerge, previewMerge as previewOf } from '#modules/profiles/identity/plan-merge.ts'
import { changePeople } from '#modules/profiles/server/change-people.ts'
import { loadAnswer } from '#modules/profiles/server/find-by-identifier.ts'
import { decisionFacts, loadIdentity } from '#modules/profiles/server/load-identity.ts'
import { loadMask } from '#modules/profiles/server/masking/load-mask.ts'
import type { Mask } from '#modules/profiles/server/masking/mask.ts'
import { knowingPerson } from '#modules/profiles/server/masking/mask-person.ts'
import { behaviour, eventsOfPerson, unitsOfPerson } from '#modules/profiles/server/person-events.ts'
import { personBehind, personNumber, rootOf } from '#modules/profiles/server/person-numbers.ts'
import { presentPerson } from '#modules/profiles/server/present-people.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import { combinedAttributes, type PersonFacts, readPeople } from '#modules/profiles/server/rebuild-people.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

type Pair = { id: string; with: string }

/** Makes two people one for good, whatever arrives later; undone by unmerge. */
export async function merge(deps: ProfileDeps, ctx: WorkspaceCtx, pair: Pair) {
  // The data scope is asked outside of the writer's turn; who these are is asked again inside.
  await Promise.all([personNumber(deps, ctx, pair.id), personNumber(deps, ctx, pair.with)])
  const merged = await changePeople(deps, ctx, {
    plan: (tx) => plan(deps, ctx, tx, pair),
    carryOut: async (tx, { decision, persons, roots }) => {
      const batch = { observations: [], decisions: [decision] }
      const { change, shipments } = await deps.recogniser.decide(tx, tx.workspace, batch, persons)
      const person = (await loadAnswer(tx, roots[0]))?.person as number
      const people = persons.map((one) => deps.personIds.encode(tx.workspace, one))
      const subject = deps.personIds.encode(tx.workspace, person)
      await deps.audit(tx, ctx, {
        action: 'profile.merged',
        subject,
        details: { people, decision: decision.id },
      })
      return { result: person, change, shipments }
    },
  })
  return presentPerson(deps, ctx, merged)
}

async function plan(deps: ProfileDeps, ctx: WorkspaceCtx, tx: Tx, pair: Pair) {
  const persons = [await personBehind(deps, tx, pair.id), await personBehind(deps, tx, pair.with)] as const
  if (persons[0] === persons[1])
    throw new AppError('profile.same_person', 'conflict', 'These two are one person already.')
  const roots: [Identifier, Identifier] = [await rootOf(tx, persons[0]), await rootOf(tx, persons[1])]
  const state = await loadIdentity(tx, roots)
  return {
    state,
    decision: planMerge(state, ...roots, await decisionFacts(tx, ctx)),
    persons: [...persons],
    roots,
  }
}

/** What a merge would move, which values would win, and what to think of before. */
export async function previewMerge(deps: ProfileDeps, ctx: WorkspaceCtx, pair: Pair) {
  await Promise.all([personNumber(deps, ctx, pair.id), personNumber(deps, ctx, pair.with)])
  const ws = ctx.workspace.num
  const seen = await deps.database.read(ctx, async (tx) => {
    const { state, decision, persons } = await plan(deps, ctx, tx, pair)
    const preview = previewOf(state, decision)
    const root = (await loadAnswer(tx, preview.root))?.person as number
    const moving = persons.find((person) => person !== root) as number
    const [kept, all] = [await combinedAttributes(tx, ws, persons), await readPeople(tx, ws, persons)]
    const mask = people(await loadMask(tx, ctx), [...all.values()])
    const units = await unitsOfPerson(tx, moving)
    return { preview, root, moving, kept, people: [...all.values()], units, mask }
  })
  const [row] = await deps.ch.query<{ events: number }>(
    `SELECT count() AS events FROM events WHERE ${eventsOfPerson(deps.personOf, seen.units)} AND ${behaviour}`,
    { ws },
  )
  const from = deps.personIds.encode(ws, seen.moving)
  return {
    root: deps.personIds.encode(ws, seen.root),
    identifiers: seen.preview.moves.map((identifier) => ({
      identifier: seen.mask.identifier(identifier),
      from,
    })),
    attributes: seen.people.flatMap((person) => droppedOf(seen.mask, person.attributes, seen.kept)),
    events: row?.events ?? 0,
    warnings: [
      ...(seen.preview.logins.length > 1 ? ['two_logins'] : []),
      ...(seen.preview.takesBack.length > 0 ? ['takes_back_unmerge'] : []),
    ],
  }
}

const people = (mask: Mask, all: readonly PersonFacts[]): Mask =>
  all.reduce((theirs, person) => knowingPerson(theirs, person), mask)

const droppedOf = (mask: Mask, own: Record<string, unknown>, kept: Record<string, unknown>) =>
  Object.entries(own)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(kept[name]))
    .map(([name, value]) => ({
      name,
      kept: mask.named(name, kept[name] ?? null),
      dropped: mask.named(name, value),
    }))
