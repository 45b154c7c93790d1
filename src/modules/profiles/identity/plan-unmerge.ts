import { AppError } from '#platform/errors.ts'
import { liveDecisions } from './fold.ts'
import type { IdentityState } from './identity-state.ts'
import { imagine, type Premise } from './imagine-fold.ts'
import type { Cluster, Known } from './known.ts'
import { nameOf, requireKnown } from './look-up.ts'
import { type Apart, type Decision, type Group, type Identifier, textOf } from './observation.ts'
import type { DecisionFacts } from './plan-merge.ts'

/**
 * A decision that parts `identifier` from the person that `from` is at home with. What an explicit join (merge, else
 * alias) brought leaves as it came; otherwise the identifier leaves, and takes along what only it connected.
 */
export function planUnmerge(
  state: IdentityState,
  identifier: Identifier,
  from: Identifier,
  facts: DecisionFacts,
): Decision {
  const known = requireKnown(state, identifier)
  const person = requireKnown(state, from).cluster
  if (known.cluster !== person) return partGuest(known, person, facts)
  if (others(person.members, [known]).every(({ seen }) => !seen)) {
    throw new AppError('identity.stands_alone', 'conflict', 'This identifier is the whole person already.')
  }
  return undoJoin(state, known, person, facts) ?? partAlone(state, known, person, facts)
}

/** A shared device, or a contact also known of this person: it stays at home where it is. */
function partGuest(known: Known, person: Cluster, facts: DecisionFacts): Decision {
  if (!mentionedBy(known).some(({ cluster }) => cluster === person)) {
    throw new AppError('identity.not_theirs', 'conflict', 'This identifier does not belong to that person.')
  }
  const apart = [{ left: [nameOf(known)], right: person.members.map(nameOf), reach: 3 as const }]
  return { ...facts, kind: 'unmerge', groups: [], apart, cancels: [] }
}

/** Without the latest merge, the two latest, … and at last without alias: the first that takes it from the root. */
function undoJoin(
  state: IdentityState,
  known: Known,
  person: Cluster,
  facts: DecisionFacts,
): Decision | undefined {
  const merges = liveDecisions(known.component.decisions ?? []).filter(({ kind }) => kind === 'merge')
  const undecided = new Set<string>()
  const premises: Premise[] = merges.reverse().map(({ id }) => ({ undecided: new Set(undecided.add(id)) }))
  premises.push({ undecided, noAlias: true })
  const { root } = person
  for (const premise of premises) {
    const moving = imagine(state, [known.component], premise, () =>
      person.members.filter(({ cluster }) => cluster === known.cluster),
    )
    const staying = others(person.members, moving)
    // What only an alias ever named is no company: parting from it would show nothing.
    const splits = known === root ? staying.some(({ seen }) => seen) : staying.includes(root)
    if (!splits) continue
    return part(state, { moving, staying, premise, partings: () => partSides(moving, staying) }, facts)
  }
  return undefined
}

function partAlone(state: IdentityState, known: Known, person: Cluster, facts: DecisionFacts): Decision {
  const { root, members } = person
  const staying =
    known === root
      ? others(members, [known])
      : imagine(state, [known.component], { without: known }, () =>
          members.filter((m) => m.cluster === root.cluster),
        )
  const partings = (): Apart[] => [{ left: [nameOf(known)], right: staying.map(nameOf), reach: 3 }]
  return part(state, { moving: [known], staying, premise: {}, partings }, facts)
}

type Parting = { moving: Known[]; staying: Known[]; premise: Premise; partings: () => Apart[] }

/** Merges across the cut are taken back whole; what they held on either side, and had lifted, is said again. */
function part(state: IdentityState, parting: Parting, facts: DecisionFacts): Decision {
  const { moving, staying, premise, partings } = parting
  const component = moving[0]!.component
  const sides = [new Set(moving.map(keyOf)), new Set(staying.map(keyOf))]
  const isAcross = ({ members }: Group) => sides.every((side) => members.some((id) => side.has(textOf(id))))
  const across = liveDecisions(component.decisions ?? []).filter(({ groups }) => groups.some(isAcross))
  const cancels = across.map(({ id }) => id)
  const lifted = (component.decisions ?? []).filter(({ id }) =>
    across.some((merge) => merge.cancels.includes(id)),
  )
  const groups = across.flatMap((decided) => decided.groups)
  const said = [...across, ...lifted].flatMap(({ apart }) => apart)
  const components = [component]
  // Cancelled, not undone: what the cancelled ones had taken back stays taken back.
  const gone = [...(premise.undecided ?? []), ...cancels, ...lifted.map(({ id }) => id)]
  const kept = groups.filter((group) => !isAcross(group))
  const apart = [...imagine(state, components, premise, partings), ...said]
  const decision: Decision = { ...facts, kind: 'unmerge', groups: kept, apart, cancels: gone }
  const isHeldAnyway = (group: Group) =>
    imagine(state, components, { noAlias: premise.noAlias, decision }, () => isHeld(state, group))
  const pieces = groups.filter(isAcross).flatMap((group) => cut(group, sides[0]!))
  return { ...decision, groups: [...kept, ...pieces.filter((piece) => !isHeldAnyway(piece))], cancels }
}

/**
 * Parts what a join had brought together. A tablet both used before the join, or a phone both had, stays shared: only
 * where nothing crossed is crossing forbidden from now on.
 */
function partSides(moving: Known[], staying: Known[]): Apart[] {
  const crosses = (known: Known, others: Known[]) => {
    const mentioned = new Set(mentionedBy(known).map(({ cluster }) => cluster))
    return others.some(({ cluster }) => mentioned.has(cluster))
  }
  const named = (side: Known[], others: Known[]) =>
    side.filter((known) => !crosses(known, others)).map(nameOf)
  return [
    { left: moving.map(nameOf), right: staying.map(nameOf), reach: 1 },
    { left: named(moving, staying), right: named(staying, moving), reach: 2 },
  ]
}

function mentionedBy({ holders, device }: Known): Known[] {
  return [...holders, ...(device?.switches ?? []).map(({ owner }) => owner)]
}

function cut({ members, root, at }: Group, side: Set<string>): Group[] {
  const inside = members.filter((id) => side.has(textOf(id)))
  const outside = members.filter((id) => !side.has(textOf(id)))
  return [inside, outside]
    .filter((piece) => piece.length > 1)
    .map((piece) => ({
      members: piece,
      root: piece.find((id) => textOf(id) === textOf(root)) ?? piece[0]!,
      at,
    }))
}

/** Whether a group is one person without being pinned. */
function isHeld(state: IdentityState, { members }: Group): boolean {
  const known = members.map((id) => requireKnown(state, id))
  return known.every(({ cluster }) => cluster === known[0]!.cluster)
}

/** Who would be whom: the members of one person, grouped by the person they would be with. */
export function previewUnmerge(
  state: IdentityState,
  decision: Decision,
): { root: Identifier; members: Identifier[] }[] {
  const named = decision.apart
    .flatMap(({ left, right }) => [...left, ...right])
    .map((id) => requireKnown(state, id))
  const everybody = [...new Set(named.flatMap(({ cluster }) => cluster.members))]
  return imagine(
    state,
    named.map(({ component }) => component),
    { decision },
    () => {
      const people = Map.groupBy(everybody, ({ cluster }) => cluster)
      return [...people].map(([{ root }, members]) => ({ root: nameOf(root), members: members.map(nameOf) }))
    },
  )
}

function others(members: Known[], without: Known[]): Known[] {
  return members.filter((member) => !without.includes(member))
}

function keyOf(known: Known): string {
  return textOf(nameOf(known))
}
