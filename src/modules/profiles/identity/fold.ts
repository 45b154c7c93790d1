import { addGuest, areApart, type FoldContext, pinTogether, tryAlias, tryJoin } from './clusters.ts'
import { type Component, compareKnown, type Known, standAlone } from './known.ts'
import { compareMoments, type Decision, type Moment, textOf } from './observation.ts'

/** Input of the fold: a set of identifiers at its first sight (0 link, 1 alias), or a device claimed anew (2). */
type Entry = Moment & { phase: number; members: Known[]; device?: Known }

/**
 * Answers of a component from nothing but its inputs: this function *is* the definition of identity. `without` leaves
 * one identifier out, to see what only it holds together.
 */
export function foldComponent(fold: FoldContext, component: Component, without?: Known): void {
  startFold(fold, component)
  const entries = entriesOf(component, without)
  for (const entry of entries) {
    if (entry.device) stepClaim(fold, entry.device, entry.members, entry)
    else stepLink(fold, entry.members, entry.phase === 1, entry)
  }
  const last = entries.at(-1)
  component.folded = { time: last?.time ?? Number.NEGATIVE_INFINITY, messageId: last?.messageId ?? '' }
  component.stale = false
}

function entriesOf(component: Component, without: Known | undefined): Entry[] {
  const entries: Entry[] = []
  for (const { set, alias, time, messageId } of component.links ?? []) {
    const members = leaveOut(set.members, without)
    // An alias link is a sentence about all its members: without one of them it says nothing.
    if (members.length < 2 || (alias && members !== set.members)) continue
    entries.push({ time, messageId, phase: alias ? 1 : 0, members })
  }
  for (const known of component.members) {
    if (known === without) continue
    for (const { key, time, messageId } of known.device?.runs ?? []) {
      const members = leaveOut(key.members, without)
      if (members.length > 0) entries.push({ time, messageId, phase: 2, device: known, members })
    }
  }
  return entries.sort(compareEntries)
}

function leaveOut(members: Known[], without: Known | undefined): Known[] {
  return without && members.includes(without) ? members.filter((member) => member !== without) : members
}

function compareEntries(a: Entry, b: Entry): number {
  const order = compareMoments(a, b) || a.phase - b.phase
  return order !== 0 || !a.device || !b.device ? order : compareKnown(a.device, b.device)
}

function startFold(fold: FoldContext, component: Component): void {
  const live = liveDecisions(component.decisions ?? [])
  for (const known of component.members) known.sides = undefined
  const byText = live.length > 0 ? new Map(component.members.map((m) => [textOfKnown(m), m])) : undefined
  const find = (id: { kind: string; value: string }) => byText?.get(textOf(id))
  for (const decision of live) markSides(decision, find)
  for (const known of component.members) {
    standAlone(known)
    fold.changed.add(known)
  }
  for (const { groups } of live) {
    for (const { members, root, at } of groups) {
      const known = members.map(find).filter((m) => m !== undefined)
      const chosen = find(root)
      if (chosen) pinTogether(fold, known, chosen, at)
    }
  }
}

export function textOfKnown(known: Known): string {
  return `${known.kind.name}:${known.value}`
}

/** Decisions nobody took back, oldest first. Being taken back is for good, whatever becomes of the one who did. */
export function liveDecisions(decisions: readonly Decision[]): Decision[] {
  const cancelled = new Set(decisions.flatMap((decision) => decision.cancels))
  return decisions
    .filter((decision) => !cancelled.has(decision.id))
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
}

function markSides(
  decision: Decision,
  find: (id: { kind: string; value: string }) => Known | undefined,
): void {
  for (const { left, right, reach } of decision.apart) {
    const mark = { reach }
    const put = (known: Known | undefined, side: number) => {
      if (!known) return
      known.sides ??= new Map()
      known.sides.set(mark, (known.sides.get(mark) ?? 0) | side)
    }
    for (const id of left) put(find(id), 1)
    for (const id of right) put(find(id), 2)
  }
}

/** Takes in a set of identifiers seen together (login and contacts; devices act through their claims). */
export function stepLink(fold: FoldContext, members: Known[], alias: boolean, at: Moment): void {
  if (alias) {
    tryAlias(fold, members[0]!, members[1]!)
    return
  }
  const parts = partsOf(members)
  for (const part of parts) linkTogether(fold, part, parts.length > 1 ? at : undefined)
}

/** Identifiers that a user parted do not speak for each other; those left together still do. */
function partsOf(members: Known[]): Known[][] {
  if (!members.some((member) => member.sides)) return [members]
  const parts: Known[][] = []
  for (const member of members) {
    const home = parts.find((part) => part.every((other) => !areApart(other.sides, member.sides, 3)))
    if (home) home.push(member)
    else parts.push([member])
  }
  return parts
}

/**
 * Without an anchor (devices only, or every contact is shared) nobody is chosen; two devices seen together still
 * belong together. `claimAt` is given for a part of a set, whose devices have no claims of their own. */
function linkTogether(fold: FoldContext, members: Known[], claimAt: Moment | undefined): void {
  const anchor = anchorOf(members)
  const devices = members.filter((member) => member.device)
  if (!anchor) {
    for (const device of devices.slice(1)) joinOwners(fold, devices[0]!, device)
    return
  }
  for (const member of members) {
    if (member.kind.class === 'contact') attachContact(fold, anchor, member)
  }
  if (claimAt) for (const device of devices) claimDevice(fold, device, anchor, claimAt)
}

/** The identifier that says who this is: the login, else the first contact that leads to exactly one person. */
function anchorOf(members: readonly Known[]): Known | undefined {
  const first = members[0]!
  if (first.kind.class === 'login') return first
  return members.find((member) => member.kind.class === 'contact' && leadsToOne(member))
}

function leadsToOne(contact: Known): boolean {
  return contact.holders.every((holder) => holder.cluster === contact.cluster)
}

function attachContact(fold: FoldContext, anchor: Known, contact: Known): void {
  if (contact.cluster === anchor.cluster) return
  if (anchor.kind.class !== 'login' && !leadsToOne(contact)) return
  if (contact.cluster.logins > 0 && anchor.cluster.logins > 0) addHolder(fold, contact, anchor)
  else tryJoin(fold, anchor.cluster, contact.cluster)
}

function addHolder(fold: FoldContext, contact: Known, holder: Known): void {
  const { cluster } = holder
  if (contact.holders.some((known) => known.cluster === cluster)) return
  if (contact.holders.length >= fold.settings.maxHolders) return
  if (areApart(contact.sides, cluster.sides, 2)) return
  contact.holders = [...contact.holders, holder]
  addGuest(fold, cluster, contact)
}

function joinOwners(fold: FoldContext, a: Known, b: Known): void {
  const [mine, other] = [ownerOf(a).cluster, ownerOf(b).cluster]
  if (mine === other || (mine.logins > 0 && other.logins > 0)) return
  tryJoin(fold, mine, other)
}

/** Who owns the device after everything folded so far, as one of the owner's identifiers. */
function ownerOf(known: Known): Known {
  return known.device?.switches.at(-1)?.owner ?? known
}

/** Takes in a device being used by somebody else than at its previous claim. */
export function stepClaim(fold: FoldContext, known: Known, key: Known[], at: Moment): void {
  const anchor = anchorOf(key)
  if (anchor) claimDevice(fold, known, anchor, at)
}

function claimDevice(fold: FoldContext, known: Known, anchor: Known, at: Moment): void {
  const owner = ownerOf(known)
  if (owner.cluster === anchor.cluster || areApart(known.sides, anchor.cluster.sides, 2)) return
  const bothLoggedIn = owner.cluster.logins > 0 && anchor.cluster.logins > 0
  // When the owner's company may not join (somebody parted them), the device itself is still free to go.
  if (bothLoggedIn || tryJoin(fold, owner.cluster, anchor.cluster) === 'apart')
    switchOwner(fold, known, anchor, at)
}

function switchOwner(fold: FoldContext, known: Known, anchor: Known, at: Moment): void {
  const device = known.device!
  const change = { time: at.time, owner: anchor }
  if (device.switches.length === 0) device.switches = [change]
  else device.switches.push(change)
  addGuest(fold, anchor.cluster, known)
}
