import type { IdentifierOrRef } from '#modules/profiles/contract.ts'
import type { Identifier } from '#modules/profiles/identity/observation.ts'
import { planUnmerge } from '#modules/profiles/identity/plan-unmerge.ts'
import { changePeople } from '#modules/profiles/server/change-people.ts'
import { guessesOf, identifierMeant, loadAnswer } from '#modules/profiles/server/find-by-identifier.ts'
import { decisionFacts, loadIdentity } from '#modules/profiles/server/load-identity.ts'
import { personBehind, personNumber, rootOf } from '#modules/profiles/server/person-numbers.ts'
import { presentPerson } from '#modules/profiles/server/present-people.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Takes an identifier, and what only it held, out of a person; answers the person it then is. */
export async function unmerge(
  deps: ProfileDeps,
  ctx: WorkspaceCtx,
  publicId: string,
  identifier: IdentifierOrRef,
) {
  await personNumber(deps, ctx, publicId)
  await deps.guesses.ask(ctx, guessesOf([identifier]))
  const parted = await changePeople(deps, ctx, {
    plan: async (tx) => {
      const person = await personBehind(deps, tx, publicId)
      const id = (await identifierMeant(deps, tx, identifier)) ?? asGiven(identifier)
      return { person, id, decision: await plan(tx, ctx, id, await rootOf(tx, person)) }
    },
    carryOut: async (tx, { person, id, decision }) => {
      const batch = { observations: [], decisions: [decision] }
      const { change, shipments } = await deps.recogniser.decide(tx, tx.workspace, batch, [person])
      const subject = deps.personIds.encode(tx.workspace, person)
      await deps.audit(tx, ctx, {
        action: 'profile.unmerged',
        subject,
        details: { kind: id.kind, decision: decision.id },
      })
      return { result: (await loadAnswer(tx, id))?.person as number, change, shipments }
    },
  })
  return presentPerson(deps, ctx, parted)
}

/** What nobody has; that is said in the words of identity. */
const asGiven = (given: IdentifierOrRef): Identifier =>
  'ref' in given ? { kind: 'ref', value: given.ref } : given

async function plan(tx: Tx, ctx: WorkspaceCtx, id: Identifier, root: Identifier) {
  const state = await loadIdentity(tx, [id, root])
  const facts = await decisionFacts(tx, ctx)
  try {
    return planUnmerge(state, id, root, facts)
  } catch (error) {
    throw inOurWords(error)
  }
}

function inOurWords(error: unknown): unknown {
  if (!(error instanceof AppError)) return error
  if (error.code === 'identity.stands_alone')
    return new AppError(
      'profile.only_identifier',
      'conflict',
      'This identifier is all there is of this person.',
      { cause: error },
    )
  if (error.code === 'identity.not_theirs' || error.code === 'identity.unknown_identifier')
    return new AppError(
      'profile.identifier_elsewhere',
      'conflict',
      'This identifier does not belong to this person.',
      { cause: error },
    )
  return error
}
