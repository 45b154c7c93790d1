import type { Known } from '#modules/profiles/identity/known.ts'

/** Persons by the names of the events that may make them look different. */
export function whoDidWhat(
  calls: readonly { name: string }[],
  knowns: readonly Known[],
): Map<string, Set<number>> {
  const did = new Map<string, Set<number>>()
  for (const [at, { name }] of calls.entries()) {
    const { cluster, device } = knowns[at] as Known
    let persons = did.get(name)
    if (!persons) {
      persons = new Set()
      did.set(name, persons)
    }
    persons.add(cluster.root.unit)
    // An anonymous event on a shared device belongs to whoever had it then: all its owners may look different.
    for (const { owner } of device?.switches ?? []) persons.add(owner.cluster.root.unit)
  }
  return did
}
