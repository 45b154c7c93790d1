import type { IdentifierOrRef } from '#modules/profiles/contract.ts'
import { explainSame } from '#modules/profiles/identity/explain-same.ts'
import { guessesOf, identifierMeant, loadAnswer } from '#modules/profiles/server/find-by-identifier.ts'
import { loadIdentity } from '#modules/profiles/server/load-identity.ts'
import { loadMask } from '#modules/profiles/server/masking/load-mask.ts'
import { visiblePersons } from '#modules/profiles/server/person-numbers.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'

type Question = { a: IdentifierOrRef; b: IdentifierOrRef }

/** Why two identifiers are one person, by the shortest chain of evidence; or what kept them apart. */
export async function explainIdentity(deps: ProfileDeps, ctx: WorkspaceCtx, { a, b }: Question) {
  await deps.guesses.ask(ctx, guessesOf([a, b]))
  const known = await deps.database.read(ctx, async (tx) => {
    const [x, y] = [await identifierMeant(deps, tx, a), await identifierMeant(deps, tx, b)]
    const [xs, ys] = [x && (await loadAnswer(tx, x)), y && (await loadAnswer(tx, y))]
    if (!x || !y || !xs || !ys) return undefined
    const explanation = explainSame(await loadIdentity(tx, [x, y]), x, y)
    return {
      persons: [xs.person, ys.person],
      explanation,
      sourceOf: await deps.sourceNames(
        tx,
        ctx,
        explanation.steps.flatMap((step) => step.source ?? []),
      ),
      mask: await loadMask(tx, ctx),
    }
  })
  const visible = known ? await visiblePersons(deps, ctx, known.persons) : []
  // People outside the caller's data scope are as good as unknown.
  if (!known || visible.length < 2) return { same: false, chain: [], reason: 'unknown_identifier' }
  const { same, why, steps } = known.explanation
  return {
    same,
    reason: same ? 'one_person' : (why ?? 'never_seen_together'),
    chain: steps.map((step) => ({
      a: known.mask.identifier(step.from),
      b: known.mask.identifier(step.to),
      time: new Date(step.time).toISOString(),
      messageId: step.evidence,
      source: step.source == null ? null : known.sourceOf(step.source),
      rule: step.rule,
    })),
  }
}
