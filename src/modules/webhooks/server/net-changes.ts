import type { PeopleChange } from '#slots/people-change.ts'

/** What a commit did to the people of a workspace, each in at most one of the three. */
export type NetChange = {
  workspace: number
  created: number[]
  changed: number[]
  /** Who absorbed whom. */
  merged: Map<number, number[]>
}

/**
 * A commit may hold many steps: who was created and absorbed within it was never heard of, and who came back is not
 * new. Somebody known who logs in gets the number of the login: that is a merge, not a new person.
 */
export function netChanges(changes: readonly PeopleChange[]): NetChange[] {
  return [...Map.groupBy(changes, (change) => change.workspace)].map(([workspace, steps]) => ({
    workspace,
    ...netOf(steps),
  }))
}

function netOf(steps: readonly PeopleChange[]): Omit<NetChange, 'workspace'> {
  const created = new Set<number>()
  const absorbed = new Map<number, number>() // who was there before the commit
  const passing = new Map<number, number>() // who came and went in it
  const touched = new Set<number>()
  for (const step of steps) {
    for (const person of step.state) touched.add(person)
    for (const person of step.created ?? []) {
      const wasThere = absorbed.delete(person)
      passing.delete(person)
      if (!wasThere) created.add(person)
    }
    for (const [person, into] of step.absorbed ?? [])
      (created.delete(person) ? passing : absorbed).set(person, into)
  }
  const into = (person: number): number => endOf(person, absorbed, passing)
  const merged = new Map<number, number[]>()
  for (const person of absorbed.keys()) {
    const survivor = into(person)
    merged.set(survivor, [...(merged.get(survivor) ?? []), person])
  }
  const isGone = (person: number) => absorbed.has(person) || passing.has(person)
  return {
    created: [...created].filter((person) => !merged.has(person)),
    changed: [...touched].filter((person) => !created.has(person) && !merged.has(person) && !isGone(person)),
    merged,
  }
}

/** Where a chain of absorptions ends; the bound only stops a circle. */
function endOf(person: number, ...maps: ReadonlyMap<number, number>[]): number {
  let at = person
  for (let steps = 0; steps < 1000; steps++) {
    const next = maps.map((map) => map.get(at)).find((one) => one !== undefined)
    if (next === undefined) return at
    at = next
  }
  return at
}
