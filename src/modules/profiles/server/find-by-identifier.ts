import { sql } from 'kysely'
import type { IdentifierOrRef } from '#modules/profiles/contract.ts'
import type { Interval } from '#modules/profiles/identity/known.ts'
import { normaliseIdentifier } from '#modules/profiles/identity/normalise.ts'
import type { Identifier } from '#modules/profiles/identity/observation.ts'
import { guestsOf } from '#modules/profiles/server/identity-rows.ts'
import { loadIdentitySettings } from '#modules/profiles/server/identity-settings.ts'
import type { Guess } from '#modules/profiles/server/masking/guess.ts'
import type { ProfileDeps } from '#modules/profiles/server/profile-deps.ts'
import type { WorkspaceCtx } from '#platform/context.ts'
import { AppError } from '#platform/errors.ts'
import type { Tx } from '#platform/pg/database.ts'

/** Everybody an identifier `kind:value` belongs to, each once: its home, who also holds it, who owned the device. */
export async function findByIdentifier(
  deps: Pick<ProfileDeps, 'database' | 'guesses'>,
  ctx: WorkspaceCtx,
  text: string,
): Promise<number[]> {
  const asked = splitIdentifier(text)
  await deps.guesses.ask(ctx, [asked])
  return deps.database.read(ctx, async (tx) => {
    const id = await normalised(tx, asked)
    const row = id && (await loadAnswer(tx, id))
    return row ? [row.person, ...guestsOf(row)] : []
  })
}

function splitIdentifier(text: string): Identifier {
  const colon = text.indexOf(':')
  const id = { kind: text.slice(0, colon), value: text.slice(colon + 1) }
  if (colon > 0 && id.kind.length <= 64 && id.value !== '' && id.value.length <= 512) return id
  throw new AppError(
    'profile.bad_identifier',
    'invalid',
    'Write an identifier as kind:value, for example user_id:u1.',
  )
}

/** What is asked for by value; who gives the `ref` of a person's identity has seen it. */
export const guessesOf = (given: readonly IdentifierOrRef[]): Guess[] =>
  given.flatMap((one) => ('ref' in one ? [] : [one]))

/** The identifier itself, or the one a `ref` of this workspace stands for; undefined when it can be nobody's. */
export async function identifierMeant(
  deps: Pick<ProfileDeps, 'personIds'>,
  tx: Tx,
  given: IdentifierOrRef,
): Promise<Identifier | undefined> {
  if (!('ref' in given)) return normalised(tx, given)
  const unit = deps.personIds.decode(tx.workspace, given.ref)
  if (unit === undefined) return undefined
  return tx.row<Identifier>(sql`
    select kind, value from profiles.identifier where workspace_id = ${tx.workspace} and unit = ${unit}`)
}

/** The one spelling an identifier is stored in; undefined when it can be nobody's. */
export async function normalised(tx: Tx, id: Identifier): Promise<Identifier | undefined> {
  const found = normaliseIdentifier(await loadIdentitySettings(tx, tx.workspace), id.kind, id.value)
  return 'identifier' in found && !id.kind.includes('\u0000') && !found.identifier.value.includes('\u0000')
    ? found.identifier
    : undefined
}

export type AnswerRow = { unit: number; person: number; holders: number[]; intervals: Interval[] }

/** Whose the identifier is, as the projection wrote it. */
export async function loadAnswer(tx: Tx, id: Identifier): Promise<AnswerRow | undefined> {
  return tx.row<AnswerRow>(sql`
    select unit, person, holders::float8[] as holders, intervals from profiles.identifier
    where workspace_id = ${tx.workspace} and kind = ${id.kind} and value = ${id.value}`)
}
