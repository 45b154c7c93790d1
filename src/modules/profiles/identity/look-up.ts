import { AppError } from '#platform/errors.ts'
import { answerOf } from './collect-delta.ts'
import { findKnown, type IdentityState } from './identity-state.ts'
import { type Answer, compareKnown, isLogin, type Known } from './known.ts'
import type { Identifier } from './observation.ts'

/** The answer about an identifier that is loaded; undefined when nobody has ever named it. */
export function lookUp(state: IdentityState, id: Identifier): Answer | undefined {
  const known = findKnown(state, id.kind, id.value)
  return known && answerOf(known)
}

/** The unit an event with these identifiers is stamped with, for ever: its login's, else the strongest other one's. */
export function stampUnit(state: IdentityState, ids: readonly Identifier[]): number | undefined {
  let strongest: Known | undefined
  for (const { kind, value } of ids) {
    const known = findKnown(state, kind, value)
    if (!known) continue
    // The first of several logins is the one that counts.
    if (isLogin(known)) return known.unit
    if (!strongest || compareKnown(known, strongest) < 0) strongest = known
  }
  return strongest?.unit
}

/** The identifier behind a unit number of a loaded component. */
export function identifierOfUnit(state: IdentityState, unit: number): Identifier | undefined {
  const known = state.byUnit.get(unit)
  return known && nameOf(known)
}

export function nameOf(known: Known): Identifier {
  return { kind: known.kind.name, value: known.value }
}

/** As `findKnown`, for callers that name something a user picked. */
export function requireKnown(state: IdentityState, id: Identifier): Known {
  const known = findKnown(state, id.kind, id.value)
  if (known) return known
  const message = `No identifier ${id.kind} "${id.value}" is known here.`
  throw new AppError('identity.unknown_identifier', 'missing', message, { details: { identifier: id } })
}
