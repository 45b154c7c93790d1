import type { FoldContext } from './clusters.ts'
import { foldComponent } from './fold.ts'
import type { ClaimRow, IdentifierRow, StoredComponents } from './identity-store.ts'
import { createKinds, type IdentitySettings, type Kinds, kindNamed } from './kind-rules.ts'
import { type Component, type Known, type Link, newKnown, type Run, setOf } from './known.ts'
import {
  compareMoments,
  type Decision,
  type Identifier,
  identifiersOf,
  isBefore,
  textOf,
} from './observation.ts'

/**
 * The part of one workspace's identity that is in memory: whole components, nothing halfway. A cache of the store;
 * after a failed save it must be thrown away.
 */
export type IdentityState = {
  kinds: Kinds
  byKind: Map<string, Map<string, Known>>
  byUnit: Map<number, Known>
  /** Asked for and not in the store: new when it comes. Undefined: there is no store, everything unknown is new. */
  absent: Set<string> | undefined
  nextUnit: () => number
  fold: FoldContext
  /** Inputs changed since the last delta. */
  changedLinks: Set<Link>
  newRuns: Map<Run, Known>
  goneRuns: Map<Run, Known>
  claimed: Set<Known>
  newDecisions: { decision: Decision; units: number[] }[]
  stale: Set<Component>
}

export type IdentityOptions = { settings: IdentitySettings; nextUnit: () => number; inMemoryOnly?: boolean }

export function createIdentity({ settings, nextUnit, inMemoryOnly }: IdentityOptions): IdentityState {
  return {
    kinds: createKinds(settings),
    byKind: new Map(),
    byUnit: new Map(),
    absent: inMemoryOnly ? undefined : new Set(),
    nextUnit,
    fold: { settings, changed: new Set() },
    changedLinks: new Set(),
    newRuns: new Map(),
    goneRuns: new Map(),
    claimed: new Set(),
    newDecisions: [],
    stale: new Set(),
  }
}

/** How many identifiers are held; when it grows past what memory allows, start again with an empty state. */
export function sizeOf(state: IdentityState): number {
  return state.byUnit.size
}

export function findKnown(state: IdentityState, kind: string, value: string): Known | undefined {
  return state.byKind.get(kind)?.get(value)
}

/** Which of these must be looked up in the store before `apply` can take them. */
export function isUnknown(state: IdentityState, kind: string, value: string): boolean {
  if (!state.absent || findKnown(state, kind, value)) return false
  return !state.absent.has(`${kind}:${value}`)
}

export function remember(state: IdentityState, known: Known): void {
  let values = state.byKind.get(known.kind.name)
  if (!values) {
    values = new Map()
    state.byKind.set(known.kind.name, values)
  }
  values.set(known.value, known)
  state.byUnit.set(known.unit, known)
}

/** Takes in what the store answered to a look-up of `asked`. Components already held are left alone. */
export function loadComponents(
  state: IdentityState,
  asked: readonly Identifier[],
  stored: StoredComponents,
): void {
  const loaded = new Map<number, Component>()
  for (const row of stored.identifiers) {
    if (!state.byUnit.has(row.unit)) restoreIdentifier(state, loaded, row)
  }
  for (const id of asked) if (!findKnown(state, id.kind, id.value)) state.absent?.add(textOf(id))
  const isLoaded = (known: Known | undefined) => known && loaded.get(known.component.id) === known.component
  for (const { units, alias, time, messageId, source } of stored.links) {
    const members = units.map((unit) => state.byUnit.get(unit)!)
    if (isLoaded(members[0])) addLink(members, { alias, time, messageId, source })
  }
  for (const { device, key, time, messageId } of stored.runs) {
    const known = state.byUnit.get(device)!
    const set = setOf(key.map((unit) => state.byUnit.get(unit)!))
    if (isLoaded(known)) known.device!.runs.push({ key: set, time, messageId })
  }
  for (const decision of stored.decisions) {
    const component = memberOf(state, decision)?.component
    if (component && loaded.get(component.id) === component) {
      component.decisions ??= []
      component.decisions.push(decision)
    }
  }
  // What the fold says was saved with the rows: nothing of it is news.
  const quiet: FoldContext = { settings: state.fold.settings, changed: new Set() }
  for (const component of loaded.values()) {
    for (const known of component.members) known.device?.runs.sort(compareMoments)
    foldComponent(quiet, component)
  }
}

function restoreIdentifier(state: IdentityState, loaded: Map<number, Component>, row: IdentifierRow): void {
  const first = { time: row.firstTime, messageId: row.firstMessageId }
  const known = newKnown(row.unit, kindNamed(state.kinds, row.kind), row.value, first, row.seen)
  known.saved = row
  if (known.device) known.device.lastClaimKnown = false
  const mates = loaded.get(row.component)
  if (mates) {
    known.component = mates
    mates.members.push(known)
  } else {
    known.component.id = row.component
    loaded.set(row.component, known.component)
  }
  remember(state, known)
}

function memberOf(state: IdentityState, decision: Decision): Known | undefined {
  for (const { kind, value } of identifiersOf(decision)) {
    const known = findKnown(state, kind, value)
    if (known) return known
  }
  return undefined
}

type LinkFacts = Pick<Link, 'alias' | 'time' | 'messageId' | 'source'>

/** Notes a set of identifiers at its first sight; all of them are in one component already. */
export function addLink(members: Known[], facts: LinkFacts): Link {
  const set = setOf(members)
  const link = { set, ...facts }
  set.link = link
  const { component } = members[0]!
  component.links ??= []
  component.links.push(link)
  return link
}

/** Gives a device its claims of the past, which decide who had it again after a late claim. */
export function loadClaims(
  state: IdentityState,
  devices: readonly number[],
  rows: readonly ClaimRow[],
): void {
  for (const unit of devices) {
    const device = state.byUnit.get(unit)?.device
    if (!device) continue
    device.claims = []
    device.lastClaimKnown = true
  }
  for (const { device, key, times, messageIds } of rows) {
    const known = state.byUnit.get(device)
    if (!known?.device?.claims) continue
    const set = setOf(key.map((unit) => state.byUnit.get(unit)!))
    times.forEach((time, i) => {
      const claim = { key: set, time, messageId: messageIds[i]! }
      known.device!.claims!.push(claim)
      if (isBefore(known.device!.lastClaim, claim))
        known.device!.lastClaim = { time, messageId: claim.messageId }
    })
  }
}
