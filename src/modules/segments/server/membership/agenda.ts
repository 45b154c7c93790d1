/** People to look at again at one second; `everybody` when they are too many to name. */
export type Due = { workspace: number; segment: number; persons: Set<number> | 'everybody' }

/**
 * Who is due when, for the next minute; what lies further off is in ClickHouse. A second stays until it is over, because
 * its later milliseconds may not be due when it is first taken.
 */
export type Agenda = {
  /** Up to which moment (ms, exclusive) it is complete; 0 when it must be read anew. */
  readonly until: number
  readonly first: number | undefined
  add(workspace: number, segment: number, persons: Iterable<number> | 'everybody', at: number): void
  /** Everything in seconds that have begun by `now`. */
  due(now: number): Due[]
  /** Forgets seconds that are over. */
  done(now: number): void
  reset(until: number): void
}

export function newAgenda(): Agenda {
  let seconds = new Map<number, Map<string, Due>>()
  let until = 0
  const secondOf = (ms: number) => Math.floor(ms / 1000)

  return {
    get until() {
      return until
    },
    get first() {
      return seconds.size === 0 ? undefined : Math.min(...seconds.keys()) * 1000
    },
    add: (workspace, segment, persons, at) => {
      if (at >= until) return
      const second = seconds.get(secondOf(at)) ?? new Map<string, Due>()
      seconds.set(secondOf(at), second)
      const key = `${workspace}/${segment}`
      const known = second.get(key)
      if (typeof persons === 'string') second.set(key, { workspace, segment, persons })
      else if (known === undefined) second.set(key, { workspace, segment, persons: new Set(persons) })
      else if (known.persons !== 'everybody') for (const person of persons) known.persons.add(person)
    },
    due: (now) =>
      [...seconds].filter(([second]) => second <= secondOf(now)).flatMap(([, ones]) => [...ones.values()]),
    done: (now) => {
      for (const second of seconds.keys()) if (second < secondOf(now)) seconds.delete(second)
    },
    reset: (newUntil) => {
      seconds = new Map()
      until = newUntil
    },
  }
}
