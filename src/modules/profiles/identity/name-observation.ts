import { reconsiderRoot } from './clusters.ts'
import { findKnown, type IdentityState, remember } from './identity-state.ts'
import { kindNamed } from './kind-rules.ts'
import { compareKnown, type IdSet, isLogin, type Known, newKnown, setOf } from './known.ts'
import { isBefore, type Moment, type Observation } from './observation.ts'

/** Records of the identifiers of a batch, one after the other; undefined where there was none before the batch. */
export type Found = (Known | undefined)[]

/** An observation's identifiers as records, in canonical order, without repeats, with one login at most. */
export function nameAll(state: IdentityState, observation: Observation, found: Found, next: number): Known[] {
  const named: Known[] = []
  let login: Known | undefined
  for (let i = 0; i < observation.ids.length; i++) {
    const { kind, value } = observation.ids[i]!
    const earlier = found[next + i]
    const known = earlier
      ? noteSight(state, earlier, observation, true)
      : nameOne(state, kind, value, observation, true)
    if (isLogin(known)) {
      // A second login on one event says nothing we may believe; it only becomes known by itself.
      if (login) continue
      login = known
    }
    insert(named, known)
  }
  return named
}

/** Insertion keeps the usual one to four identifiers sorted without allocating. */
function insert(named: Known[], known: Known): void {
  let at = named.length
  while (at > 0) {
    const order = compareKnown(named[at - 1]!, known)
    if (order === 0) return
    if (order < 0) break
    at--
  }
  if (at === named.length) named.push(known)
  else named.splice(at, 0, known)
}

/** The record of an identifier, made when new, with its first sight kept the earliest. */
export function nameOne(state: IdentityState, kind: string, value: string, at: Moment, seen: boolean): Known {
  const known = findKnown(state, kind, value)
  return known ? noteSight(state, known, at, seen) : makeKnown(state, kind, value, at, seen)
}

function noteSight(state: IdentityState, known: Known, at: Moment, seen: boolean): Known {
  if (seen && !known.seen) {
    known.seen = true
    state.fold.changed.add(known)
  }
  if (isBefore(at, known.first)) {
    known.first = { time: at.time, messageId: at.messageId }
    state.fold.changed.add(known)
    if (!known.component.stale) reconsiderRoot(state.fold, known)
  }
  return known
}

function makeKnown(state: IdentityState, kind: string, value: string, at: Moment, seen: boolean): Known {
  const first = { time: at.time, messageId: at.messageId }
  const known = newKnown(state.nextUnit(), kindNamed(state.kinds, kind), value, first, seen)
  if (known.device && !state.absent) known.device.claims = []
  remember(state, known)
  state.fold.changed.add(known)
  return known
}

/** Who claims the devices of an observation: its login, else its contacts together, else nobody. */
export function claimantOf(named: readonly Known[]): IdSet | undefined {
  const first = named[0]!
  if (first.kind.class === 'login') return first.sets
  if (first.kind.class === 'device') return undefined
  const contacts = named.filter((known) => known.kind.class === 'contact')
  return setOf(contacts)
}

/** `claimantOf` without making anything: whether the set that claimed before is this observation's claimant. */
export function isClaimant(state: IdentityState, observation: Observation, key: IdSet): boolean {
  const found: Known[] = []
  for (const { kind, value } of observation.ids) {
    const rule = kindNamed(state.kinds, kind)
    if (rule.class === 'device') continue
    const known = findKnown(state, kind, value)
    if (rule.class === 'login') return known !== undefined && key === known.sets
    if (!known) return false
    insert(found, known)
  }
  return found.length === key.members.length && found.every((known, i) => known === key.members[i])
}
