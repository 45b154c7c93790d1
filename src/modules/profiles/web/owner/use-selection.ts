import { useEffect, useMemo, useState } from 'react'
import type { Profile } from '../../contract.ts'

/** As many as one call assigns. */
export const mostAtOnce = 1000

export type Selection = {
  people: readonly Profile[]
  has: (id: string) => boolean
  toggle: (person: Profile) => void
  set: (people: readonly Profile[]) => void
}

/** The people ticked in a list; none any more when the list asks something else. */
export function useSelection(question: string): Selection {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Profile>>(new Map())
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was ticked belongs to the old question
  useEffect(() => setChosen(new Map()), [question])
  return useMemo(() => {
    const set = (people: readonly Profile[]) =>
      setChosen(new Map(people.slice(0, mostAtOnce).map((person) => [person.id, person])))
    const people = [...chosen.values()]
    return {
      people,
      set,
      has: (id) => chosen.has(id),
      toggle: (person) =>
        set(chosen.has(person.id) ? people.filter((one) => one.id !== person.id) : [...people, person]),
    }
  }, [chosen])
}
