import { AppError } from '#platform/errors.ts'
import { answerOf } from './collect-delta.ts'
import { findKnown, type IdentityState } from './identity-state.ts'
import type { Answer, Known } from './known.ts'
import type { Identifier } from './observation.ts'

/** The answer about an identifier that is loaded; undefined when nobody has ever named it. */
export function lookUp(state: IdentityState, id: Identifier): Answer | undefined {
  const known = findKnown(state, id.kind, id.value)
  return known && answerOf(known)
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
