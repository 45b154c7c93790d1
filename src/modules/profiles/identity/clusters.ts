import type { IdentitySettings, Kind } from './kind-rules.ts'
import { type ApartMark, type Cluster, compareKnown, isLogin, isOlder, type Known } from './known.ts'
import type { Reach } from './observation.ts'

/** What every fold operation needs: the rules, and where to note whose answer may have changed. */
export type FoldContext = { settings: IdentitySettings; changed: Set<Known> }

export type JoinResult = 'joined' | 'apart' | 'limit'

/** Joins two people unless a user parted them or a limit would break. Never called with a login on both sides. */
export function tryJoin(fold: FoldContext, a: Cluster, b: Cluster): JoinResult {
  if (breaksLimit(a, b)) return 'limit'
  if (areApart(a.sides, b.sides)) return 'apart'
  join(fold, a, b, rootOf(a, b))
  return 'joined'
}

/** The one automatic way to two logins in one person: somebody said so with `alias`. */
export function tryAlias(fold: FoldContext, login: Known, former: Known): JoinResult {
  const [to, from] = [login.cluster, former.cluster]
  if (to === from) return 'joined'
  if (areApart(to.sides, from.sides)) return 'apart'
  if (to.logins + from.logins > fold.settings.maxAliasedLogins || breaksLimit(to, from)) return 'limit'
  join(fold, to, from, rootOf(to, from, to))
  return 'joined'
}

/** A user's decision: no limit and no side counts. */
export function pinTogether(fold: FoldContext, members: readonly Known[], root: Known, at: number): void {
  const [first, ...others] = members
  if (!first) return
  for (const other of others) {
    if (other.cluster !== first.cluster)
      join(fold, first.cluster, other.cluster, rootOf(first.cluster, other.cluster))
  }
  const cluster = first.cluster
  if (at < cluster.rootChosenAt || (cluster.logins > 0 && !isLogin(root))) return
  if (at === cluster.rootChosenAt && compareKnown(cluster.root, root) <= 0) return
  setRoot(fold, cluster, root)
  cluster.rootChosenAt = at
}

/** A later-found earlier first sight may make an identifier the root of a person without login or chosen root. */
export function reconsiderRoot(fold: FoldContext, known: Known): void {
  const { cluster } = known
  if (cluster.root === known || cluster.logins > 0 || cluster.rootChosenAt !== Number.NEGATIVE_INFINITY)
    return
  if (isOlder(known, cluster.root)) setRoot(fold, cluster, known)
}

function setRoot(fold: FoldContext, cluster: Cluster, root: Known): void {
  if (cluster.root === root) return
  cluster.root = root
  noteRootChange(fold, cluster)
}

/** A login beats none; then the later choice of a user; then the target of an alias; then age. */
function rootOf(a: Cluster, b: Cluster, preferred?: Cluster): Cluster {
  const loginA = isLogin(a.root)
  if (loginA !== isLogin(b.root)) return loginA ? a : b
  if (a.rootChosenAt !== b.rootChosenAt) return a.rootChosenAt > b.rootChosenAt ? a : b
  if (preferred) return preferred
  if (a.rootChosenAt !== Number.NEGATIVE_INFINITY) return compareKnown(a.root, b.root) < 0 ? a : b
  return isOlder(a.root, b.root) ? a : b
}

/** Small into large, so that a person of n identifiers costs n log n over its life. */
function join(fold: FoldContext, a: Cluster, b: Cluster, rooted: Cluster): void {
  const [large, small] = a.members.length >= b.members.length ? [a, b] : [b, a]
  noteRootChange(fold, rooted === large ? small : large)
  const { root, rootChosenAt } = rooted
  large.counts ??= countsOf(large)
  for (const member of small.members) {
    large.counts[member.kind.index] = (large.counts[member.kind.index] ?? 0) + 1
    member.cluster = large
    large.members.push(member)
  }
  if (small.guests) large.guests = new Set([...(large.guests ?? []), ...small.guests])
  large.logins += small.logins
  large.root = root
  large.rootChosenAt = rootChosenAt
  if (small.sides) large.sides = mergeSides(large.sides, small.sides)
  // Guests of both may now be mentioned once instead of twice.
  for (const guest of large.guests ?? []) fold.changed.add(guest)
}

function noteRootChange(fold: FoldContext, cluster: Cluster): void {
  for (const member of cluster.members) fold.changed.add(member)
  for (const guest of cluster.guests ?? []) fold.changed.add(guest)
}

function breaksLimit(a: Cluster, b: Cluster): boolean {
  const [large, small] = a.members.length >= b.members.length ? [a, b] : [b, a]
  // Only a kind that both bring can grow past its limit by this join.
  return small.members.some(({ kind }) => {
    if (kind.class === 'login') return false
    const have = countOf(large, kind)
    return have > 0 && have + countOf(small, kind) > kind.limit
  })
}

function countsOf({ members }: Cluster): number[] {
  const counts: number[] = []
  for (const { kind } of members) counts[kind.index] = (counts[kind.index] ?? 0) + 1
  return counts
}

function countOf({ counts, root }: Cluster, kind: Kind): number {
  return counts ? (counts[kind.index] ?? 0) : root.kind === kind ? 1 : 0
}

/** Remembers that the answer about `guest`, at home elsewhere, mentions this person. */
export function addGuest(fold: FoldContext, cluster: Cluster, guest: Known): void {
  cluster.guests ??= new Set()
  cluster.guests.add(guest)
  fold.changed.add(guest)
}

/** Whether some decision, reaching that far, has one of these on its left and the other on its right. */
export function areApart(
  a: Map<ApartMark, number> | undefined,
  b: Map<ApartMark, number> | undefined,
  reach: Reach = 1,
): boolean {
  if (!a || !b) return false
  for (const [mark, side] of a) {
    const other = b.get(mark)
    if (other === undefined || mark.reach < reach) continue
    if ((side & 1 && other & 2) || (side & 2 && other & 1)) return true
  }
  return false
}

function mergeSides(
  into: Map<ApartMark, number> | undefined,
  from: Map<ApartMark, number>,
): Map<ApartMark, number> {
  const merged = new Map(into)
  for (const [mark, side] of from) merged.set(mark, (merged.get(mark) ?? 0) | side)
  return merged
}
