import {
  type Apart,
  type Decision,
  type Group,
  type Identifier,
  textOf,
} from '#modules/profiles/identity/observation.ts'

/** A decision without some identifiers. What it took back stays taken back, even when nothing else of it is left. */
export function pruneDecision(decision: Decision, gone: ReadonlySet<string>): Decision {
  const left = (ids: readonly Identifier[]) => ids.filter((id) => !gone.has(textOf(id)))
  return {
    ...decision,
    groups: decision.groups.flatMap((group) => pruneGroup(group, left(group.members), gone)),
    apart: decision.apart.flatMap((apart) => pruneApart(apart, left(apart.left), left(apart.right))),
  }
}

/** The root goes to the first that is left; a group of one says nothing. */
function pruneGroup(group: Group, members: Identifier[], gone: ReadonlySet<string>): Group[] {
  const [first] = members
  if (!first || members.length < 2) return []
  const login = members.find((id) => id.kind === 'user_id')
  return [{ ...group, members, root: gone.has(textOf(group.root)) ? (login ?? first) : group.root }]
}

const pruneApart = (apart: Apart, left: Identifier[], right: Identifier[]): Apart[] =>
  left.length === 0 || right.length === 0 ? [] : [{ ...apart, left, right }]
