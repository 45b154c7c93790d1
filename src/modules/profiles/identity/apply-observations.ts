import { collectDelta } from './collect-delta.ts'
import { canPlace, placeClaim } from './device-runs.ts'
import { foldComponent, stepClaim, stepLink } from './fold.ts'
import { addLink, findKnown, type IdentityState, isUnknown } from './identity-state.ts'
import type { Delta } from './identity-store.ts'
import { kindNamed } from './kind-rules.ts'
import { type Component, compareKnown, type IdSet, isLogin, type Known, setOf } from './known.ts'
import { claimantOf, type Found, isClaimant, nameAll, nameOne } from './name-observation.ts'
import {
  compareMoments,
  type Decision,
  type Identifier,
  identifiersOf,
  isBefore,
  type Moment,
  type Observation,
} from './observation.ts'

/** What must be loaded before the batch can be taken: look-ups by identifier, claims by device unit. */
export type Needs = { identifiers: Identifier[]; claims: number[] }

export type Batch = { observations: readonly Observation[]; decisions?: readonly Decision[] }

/** Takes a batch in, or, having changed nothing, says what must be loaded first. */
export function applyBatch(state: IdentityState, batch: Batch): { delta: Delta } | { needs: Needs } {
  const sorted = inOrder(batch.observations)
  const decisions = batch.decisions ?? []
  const found: Found = []
  const needs = needsOf(state, sorted, decisions, found)
  if (needs.identifiers.length > 0 || needs.claims.length > 0) return { needs }
  let next = 0
  for (const observation of sorted) {
    observe(state, observation, found, next)
    next += observation.ids.length
  }
  for (const decision of decisions) decide(state, decision)
  for (const component of state.stale) foldComponent(state.fold, component)
  state.stale.clear()
  state.absent?.clear()
  return { delta: collectDelta(state) }
}

/** After a change of settings: folds everything loaded again and says what that changed. */
export function refoldAll(state: IdentityState): Delta {
  const components = new Set([...state.byUnit.values()].map(({ component }) => component))
  for (const component of components) foldComponent(state.fold, component)
  return collectDelta(state)
}

function inOrder(observations: readonly Observation[]): readonly Observation[] {
  for (let i = 1; i < observations.length; i++) {
    if (compareMoments(observations[i - 1]!, observations[i]!) > 0)
      return observations.toSorted(compareMoments)
  }
  return observations
}

/** Leaves the records of all identifiers of all observations in `found`, so that they are looked up once. */
function needsOf(
  state: IdentityState,
  observations: readonly Observation[],
  decisions: readonly Decision[],
  found: Found,
): Needs {
  const identifiers = new Map<string, Identifier>()
  const claims = new Set<number>()
  const look = (kind: string, value: string) => {
    if (isUnknown(state, kind, value)) identifiers.set(`${kind}:${value}`, { kind, value })
  }
  for (const observation of observations) {
    const { ids, previousId } = observation
    for (const { kind, value } of ids) {
      const known = findKnown(state, kind, value)
      found.push(known)
      if (!known) look(kind, value)
      else if (known.device && ids.length > 1) lookAtClaims(state, known, observation, claims)
    }
    if (previousId === undefined) continue
    look('user_id', previousId)
    look('anonymous_id', previousId)
    const former = findKnown(state, 'anonymous_id', previousId)
    if (former?.device) lookAtClaims(state, former, observation, claims)
  }
  for (const id of decisions.flatMap(identifiersOf)) look(id.kind, id.value)
  return { identifiers: [...identifiers.values()], claims: [...claims] }
}

function lookAtClaims(
  state: IdentityState,
  known: Known,
  observation: Observation,
  claims: Set<number>,
): void {
  if (!isBefore(known.device!.lastClaim, observation) || !known.device!.lastClaimKnown) {
    if (canPlace(known.device!, (run) => isClaimant(state, observation, run.key), observation)) return
    if (observation.ids.some((id) => kindNamed(state.kinds, id.kind).class !== 'device'))
      claims.add(known.unit)
  }
}

function observe(state: IdentityState, observation: Observation, found: Found, next: number): void {
  const named = nameAll(state, observation, found, next)
  if (named.length === 0) return
  if (named.length > 1) noteTogether(state, named, observation, false)
  const former = observation.previousId === undefined ? undefined : noteAlias(state, named[0]!, observation)
  if (named.length === 1 && !former) return
  const claimant = claimantOf(named)
  if (!claimant) return
  if (!former) {
    for (const known of named) if (known.device) noteClaim(state, known, claimant, observation)
    return
  }
  const devices = named.filter((known) => known.device && known !== former)
  // In canonical order, as the fold takes claims of one moment.
  for (const device of [...devices, former].sort(compareKnown))
    noteClaim(state, device, claimant, observation)
}

/**
 * `alias` names a former id without saying whether it was a login or a device. Both are taken over: the one that
 * nobody ever used is an empty name, and the answer does not depend on which of the two is heard of first.
 */
function noteAlias(state: IdentityState, login: Known, observation: Observation): Known | undefined {
  if (!isLogin(login)) return undefined
  const former = nameOne(state, 'user_id', observation.previousId!, observation, false)
  const device = nameOne(state, 'anonymous_id', observation.previousId!, observation, false)
  if (former === login || !isLogin(former) || !device.device) return undefined
  noteTogether(state, [login, former, device], observation, true)
  return device
}

function noteTogether(state: IdentityState, members: Known[], at: Observation, alias: boolean): void {
  const known = setOf(members).link
  if (known && !isBefore(at, known)) return
  const component = joinComponents(state, members)
  const isNew = known === undefined
  const link = known ?? addLink(members, { alias, time: at.time, messageId: at.messageId, source: at.source })
  state.changedLinks.add(link)
  if (isNew && isLatest(component, at)) {
    stepLink(state.fold, members, alias, at)
    component.folded = { time: at.time, messageId: at.messageId }
    return
  }
  link.time = at.time
  link.messageId = at.messageId
  link.source = at.source
  markStale(state, component)
}

function noteClaim(state: IdentityState, device: Known, claimant: IdSet, at: Observation): void {
  state.claimed.add(device)
  const change = placeClaim(device, claimant, at)
  if (!change) return
  for (const run of change.inserted) state.newRuns.set(run, device)
  if (change.removed && !state.newRuns.delete(change.removed)) state.goneRuns.set(change.removed, device)
  const { component } = device
  if (change.isLatest && isLatest(component, at)) {
    stepClaim(state.fold, device, claimant.members, at)
    component.folded = { time: at.time, messageId: at.messageId }
  } else markStale(state, component)
}

/** Whether the live fold may simply go on: nothing it has taken in comes after this moment. */
function isLatest(component: Component, at: Moment): boolean {
  return !component.stale && !isBefore(at, component.folded)
}

function markStale(state: IdentityState, component: Component): void {
  component.stale = true
  state.stale.add(component)
}

/** A decision holds over all time, so everything it touches is folded again. */
function decide(state: IdentityState, decision: Decision): void {
  const never = { time: Number.MAX_SAFE_INTEGER, messageId: '' }
  const members = identifiersOf(decision).map((id) => nameOne(state, id.kind, id.value, never, false))
  if (members.length === 0) return
  const component = joinComponents(state, members)
  component.decisions ??= []
  if (component.decisions.some(({ id }) => id === decision.id)) return
  component.decisions.push(decision)
  state.newDecisions.push({ decision, units: members.map(({ unit }) => unit) })
  markStale(state, component)
}

/** Small into large. Two live folds side by side are the live fold of both. */
function joinComponents(state: IdentityState, members: readonly Known[]): Component {
  let joined = members[0]!.component
  for (const { component } of members) {
    if (component === joined) continue
    const [large, small] =
      joined.members.length >= component.members.length ? [joined, component] : [component, joined]
    for (const member of small.members) {
      member.component = large
      large.members.push(member)
      state.fold.changed.add(member)
    }
    large.links = bothOf(large.links, small.links)
    large.decisions = bothOf(large.decisions, small.decisions)
    if (isBefore(large.folded, small.folded)) large.folded = small.folded
    if (state.stale.delete(small)) markStale(state, large)
    joined = large
  }
  return joined
}

function bothOf<T>(large: T[] | undefined, small: T[] | undefined): T[] | undefined {
  if (!large || !small) return large ?? small
  for (const item of small) large.push(item)
  return large
}
