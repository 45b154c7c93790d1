import type { IdentityState } from '#modules/profiles/identity/identity-state.ts'
import { compareKinds, kindNamed } from '#modules/profiles/identity/kind-rules.ts'
import { normaliseIdentifier } from '#modules/profiles/identity/normalise.ts'
import type { Identifier, Observation } from '#modules/profiles/identity/observation.ts'

/** What recognition needs of a tracking call. */
export type Call = {
  type: string
  time: number
  receivedAt: number
  messageId: string
  sourceId: string
  userId: string | null
  anonymousId: string | null
  previousId: string | null
  externalIds: readonly { kind: string; value: string }[]
  traits: Record<string, unknown>
}

/**
 * Usable identifiers of a call, normalised, blocked ones left out, in canonical order: the first is the one whose
 * unit the event carries (login, else contact, else device).
 */
export function identifiersOfCall(
  state: Pick<IdentityState, 'kinds'>,
  call: Pick<Call, 'userId' | 'anonymousId' | 'externalIds' | 'traits'>,
): Identifier[] {
  const found = new Map<string, Identifier>()
  const add = (kind: string, raw: unknown) => {
    const result = normaliseIdentifier(state.kinds.settings, kind, raw)
    if ('identifier' in result) found.set(`${kind}:${result.identifier.value}`, result.identifier)
  }
  if (call.userId !== null) add('user_id', call.userId)
  if (call.anonymousId !== null) add('anonymous_id', call.anonymousId)
  if (call.traits.email !== undefined) add('email', call.traits.email)
  if (call.traits.phone !== undefined) add('phone', call.traits.phone)
  for (const { kind, value } of call.externalIds) if (isKindName(kind)) add(kind, value)
  if (found.size < 2) return [...found.values()]
  return [...found.values()].sort(
    (a, b) =>
      compareKinds(kindNamed(state.kinds, a.kind), kindNamed(state.kinds, b.kind)) ||
      (a.value < b.value ? -1 : 1),
  )
}

const isKindName = (kind: string) => /^[a-zA-Z][a-zA-Z0-9_.]{0,62}$/.test(kind)

export function observationOf(
  state: Pick<IdentityState, 'kinds'>,
  call: Call,
  ids: readonly Identifier[],
): Observation {
  const observation: Observation = { time: call.time, messageId: call.messageId, source: call.sourceId, ids }
  if (call.type !== 'alias' || call.previousId === null) return observation
  const previous = normaliseIdentifier(state.kinds.settings, 'user_id', call.previousId)
  return 'identifier' in previous ? { ...observation, previousId: previous.identifier.value } : observation
}
