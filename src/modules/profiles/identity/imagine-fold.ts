import { foldComponent } from './fold.ts'
import type { IdentityState } from './identity-state.ts'
import type { Component, Known } from './known.ts'
import type { Decision } from './observation.ts'

/** What to change in the world before looking at it. */
export type Premise = {
  /** As though these decisions had never been taken. */
  undecided?: ReadonlySet<string>
  noAlias?: boolean | undefined
  without?: Known
  decision?: Decision
}

/** Folds components under a premise, reads an answer, and puts everything back. Synchronous on purpose. */
export function imagine<T>(
  state: IdentityState,
  components: Component[],
  premise: Premise,
  read: () => T,
): T {
  const imagined = imaginedComponent(components, premise)
  const before = imagined.members.map((known) => ({
    known,
    cluster: known.cluster,
    holders: known.holders,
    sides: known.sides,
    switches: known.device?.switches,
  }))
  try {
    foldComponent({ settings: state.fold.settings, changed: new Set() }, imagined, premise.without)
    return read()
  } finally {
    for (const { known, cluster, holders, sides, switches } of before) {
      Object.assign(known, { cluster, holders, sides })
      if (known.device && switches) known.device.switches = switches
    }
  }
}

function imaginedComponent(components: Component[], { undecided, noAlias, decision }: Premise): Component {
  const distinct = [...new Set(components)]
  const links = distinct.flatMap((component) => component.links ?? [])
  const decisions = distinct
    .flatMap((component) => component.decisions ?? [])
    .filter(({ id }) => !undecided?.has(id))
  return {
    id: 0,
    members: distinct.flatMap((component) => component.members),
    links: noAlias ? links.filter(({ alias }) => !alias) : links,
    decisions: decision ? [...decisions, decision] : decisions,
    folded: { time: 0, messageId: '' },
    stale: false,
  }
}
