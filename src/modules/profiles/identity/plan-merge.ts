import { AppError } from '#platform/errors.ts'
import { liveDecisions } from './fold.ts'
import type { IdentityState } from './identity-state.ts'
import { imagine } from './imagine-fold.ts'
import { isLogin, type Known } from './known.ts'
import { nameOf, requireKnown } from './look-up.ts'
import { type Apart, type Decision, type Identifier, textOf } from './observation.ts'

export type DecisionFacts = { id: string; at: number; by?: string; byKind?: string }

export type MergePreview = {
  /** Root of the one person that results. */
  root: Identifier
  /** Identifiers whose person changes. */
  moves: Identifier[]
  /** More than one: the users should know that they join two logins. */
  logins: Identifier[]
  /** Earlier decisions that kept these two apart and would no longer hold. */
  takesBack: string[]
}

/** A decision to make the people of two identifiers one; complete in itself, to be applied with the next batch. */
export function planMerge(
  state: IdentityState,
  a: Identifier,
  b: Identifier,
  facts: DecisionFacts,
  root?: Identifier,
): Decision {
  const [one, other] = [requireKnown(state, a), requireKnown(state, b)]
  if (one.cluster === other.cluster) {
    throw new AppError('identity.already_one', 'conflict', 'These two are one person already.')
  }
  const everybody = [...one.cluster.members, ...other.cluster.members]
  const chosen = chooseRoot(everybody, root ? requireKnown(state, root) : one.cluster.root)
  // All of them are pinned: with the logins alone, a limit or a later login could still take some away.
  const group = { members: everybody.map(nameOf), root: nameOf(chosen), at: facts.at }
  const { apart, cancels, groups } = liftApart(one, other, everybody)
  return { ...facts, kind: 'merge', groups: [...groups, group], apart, cancels }
}

function chooseRoot(everybody: Known[], wanted: Known): Known {
  if (!everybody.includes(wanted)) {
    throw new AppError(
      'identity.foreign_root',
      'invalid',
      'The root must be an identifier of one of the two.',
    )
  }
  return isLogin(wanted)
    ? wanted
    : (everybody.find((known) => known.cluster.root === known && isLogin(known)) ?? wanted)
}

type Lifted = Pick<Decision, 'apart' | 'cancels' | 'groups'>

/** Decisions that part the two are taken back; what else they part is said again. */
function liftApart(one: Known, other: Known, everybody: Known[]): Lifted {
  const merged = new Set(everybody.map((known) => textOf(nameOf(known))))
  const isMerged = (id: Identifier) => merged.has(textOf(id))
  const isOther = (id: Identifier) => !merged.has(textOf(id))
  const apart: Apart[] = []
  const groups: Decision['groups'] = []
  const cancels: string[] = []
  const components = new Set([one.component, other.component])
  for (const decision of [...components].flatMap((component) => liveDecisions(component.decisions ?? []))) {
    const parts = decision.apart.filter(({ left, right }) => left.some(isMerged) && right.some(isMerged))
    if (parts.length === 0) continue
    cancels.push(decision.id)
    groups.push(...decision.groups)
    for (const part of decision.apart) {
      if (!parts.includes(part)) {
        apart.push(part)
        continue
      }
      const { left, right } = part
      apart.push({ ...part, left: left.filter(isOther) })
      apart.push({ ...part, left: left.filter(isMerged), right: right.filter(isOther) })
    }
  }
  return { apart: apart.filter(({ left, right }) => left.length > 0 && right.length > 0), cancels, groups }
}

/** What a merge would do, without doing it. */
export function previewMerge(state: IdentityState, decision: Decision): MergePreview {
  const known = decision.groups.at(-1)!.members.map((id) => requireKnown(state, id))
  const before = new Map<Known, Known>()
  for (const { cluster } of known) for (const member of cluster.members) before.set(member, cluster.root)
  const components = known.map(({ component }) => component)
  return imagine(state, components, { decision }, () => {
    const members = [...before.keys()]
    return {
      root: nameOf(known[0]!.cluster.root),
      moves: members.filter((member) => member.cluster.root !== before.get(member)).map(nameOf),
      logins: known[0]!.cluster.members.filter(isLogin).map(nameOf),
      takesBack: decision.cancels,
    }
  })
}
