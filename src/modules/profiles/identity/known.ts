import type { IdentifierRow } from './identity-store.ts'
import { compareKinds, type Kind } from './kind-rules.ts'
import type { Decision, Moment, Reach } from './observation.ts'

/** Who owns a device from when to when; null is "for ever". `person` is the unit of the person's root. */
export type Interval = { from: number | null; to: number | null; person: number }

/** What is told to the world about an identifier; kept to find out what a batch changed. */
export type Answer = {
  /** Unit of the root identifier of the person it is at home with. */
  person: number
  /** Two at least, or none: an unshared device needs no intervals. */
  intervals: Interval[]
  /** Further people a contact is known of. */
  holders: number[]
}

/** One identifier in memory. The fold hangs its result (`cluster`, `holders`, `device.switches`) on it. */
export type Known = {
  unit: number
  kind: Kind
  value: string
  first: Moment
  /** False while only an alias has named it. */
  seen: boolean
  component: Component
  sets: IdSet
  /** What was last handed to the store. */
  saved: IdentifierRow | undefined
  cluster: Cluster
  /** Other people's members that also know this contact. */
  holders: Known[]
  /** Sides taken in decisions that keep people apart: decision part → 1 left, 2 right. */
  sides: Map<ApartMark, number> | undefined
  device: Device | undefined
}

export type ApartMark = { reach: Reach }

/** People as the fold sees them: identifiers at home together. */
export type Cluster = {
  members: Known[]
  root: Known
  /** When a user chose the root; -Infinity when nobody did. */
  rootChosenAt: number
  logins: number
  /** Members per `Kind.index`; not kept for one member. */
  counts: number[] | undefined
  sides: Map<ApartMark, number> | undefined
  /** Devices and contacts at home elsewhere whose answer mentions this person. */
  guests: Set<Known> | undefined
}

/** Everything ever named together, directly or not, whether or not it was accepted. Late arrivals re-fold one. */
export type Component = {
  /** Unit of one of its identifiers; stable for stored rows, without meaning. */
  id: number
  members: Known[]
  links: Link[] | undefined
  decisions: Decision[] | undefined
  /** The last moment the live fold has taken in. */
  folded: Moment
  /** The inputs changed before `folded`: the live fold is worthless until re-folded. */
  stale: boolean
}

/** A distinct set of identifiers at its earliest observation. An alias link is [login, former login, former device]. */
export type Link = { set: IdSet; alias: boolean; time: number; messageId: string; source: string | undefined }

/** A node of the trie of identifier sets in canonical order; `key` of claims and of links. */
export type IdSet = { members: Known[]; next: Map<Known, IdSet> | undefined; link: Link | undefined }

/** From this moment on the device is claimed by the same set, until the next run. */
export type Run = { key: IdSet; time: number; messageId: string }

export type Claim = { key: IdSet; time: number; messageId: string }

export type Device = {
  runs: Run[]
  /** Latest claim (-Infinity: none); unknown after loading until `claims` had to be loaded. */
  lastClaim: Moment
  lastClaimKnown: boolean
  /** All earlier claims, loaded only when a late claim falls into the middle of somebody's run. */
  claims: Claim[] | undefined
  /** Claims not yet handed to the store. */
  pending: { key: IdSet; times: number[]; messageIds: string[] }[]
  /** Fold result: ownership after the home cluster's, in order. */
  switches: { time: number; owner: Known }[]
}

/** Canonical order: logins, contacts, devices; higher priority first. */
export function compareKnown(a: Known, b: Known): number {
  return compareKinds(a.kind, b.kind) || (a.value < b.value ? -1 : a.value > b.value ? 1 : 0)
}

/** Who of two is the older one: the root of a person without a login is its oldest identifier. */
export function isOlder(a: Known, b: Known): boolean {
  if (a.first.time !== b.first.time) return a.first.time < b.first.time
  if (a.first.messageId !== b.first.messageId) return a.first.messageId < b.first.messageId
  return compareKnown(a, b) < 0
}

export function isLogin(known: Known): boolean {
  return known.kind.class === 'login'
}

// Most identifiers never need these: shared, and replaced at the first use.
const noHolders: Known[] = []
const noSwitches: Device['switches'] = []
const noPending: Device['pending'] = []

export function newKnown(unit: number, kind: Kind, value: string, first: Moment, seen: boolean): Known {
  const known = {
    unit,
    kind,
    value,
    first,
    seen,
    saved: undefined,
    holders: noHolders,
    sides: undefined,
  } as Known
  known.sets = { members: [known], next: undefined, link: undefined }
  known.device = kind.class === 'device' ? newDevice() : undefined
  known.cluster = newCluster(known)
  known.component = newComponent(known)
  return known
}

function newDevice(): Device {
  return {
    runs: [],
    lastClaim: { time: Number.NEGATIVE_INFINITY, messageId: '' },
    lastClaimKnown: true,
    claims: undefined,
    pending: noPending,
    switches: noSwitches,
  }
}

function newCluster(known: Known): Cluster {
  return {
    members: [known],
    root: known,
    rootChosenAt: Number.NEGATIVE_INFINITY,
    logins: isLogin(known) ? 1 : 0,
    counts: undefined,
    sides: known.sides,
    guests: undefined,
  }
}

const never: Moment = { time: Number.NEGATIVE_INFINITY, messageId: '' }

function newComponent(known: Known): Component {
  const folded = never
  return { id: known.unit, members: [known], links: undefined, decisions: undefined, folded, stale: false }
}

/** Takes back everything a fold said about an identifier. */
export function standAlone(known: Known): void {
  known.holders = noHolders
  if (known.device) known.device.switches = noSwitches
  known.cluster = newCluster(known)
}

/** The trie node of a canonically ordered, duplicate-free, non-empty list. */
export function setOf(members: readonly Known[]): IdSet {
  let node = members[0]!.sets
  for (let i = 1; i < members.length; i++) {
    const member = members[i]!
    node.next ??= new Map()
    let next = node.next.get(member)
    if (!next) {
      next = { members: members.slice(0, i + 1), next: undefined, link: undefined }
      node.next.set(member, next)
    }
    node = next
  }
  return node
}
