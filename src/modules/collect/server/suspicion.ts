/** Rows of the log in order; only their numbers matter here. */
type Row = { seq: number }

export type Suspicion = {
  /** The rows to take now: fewer after failures. */
  narrow<T extends Row>(rows: readonly T[]): T[]
  /** These rows were taken and failed, for no reason that passes by itself. */
  failed(rows: readonly Row[]): void
  /** Everything up to here went through. */
  passed(to: number): void
  /** Enough failures: from now on ranges are halved. */
  readonly isSearching: boolean
  /** A single row is left that fails. */
  readonly isCornered: boolean
}

// So often may a range fail before it, and not its surroundings, is held to be the cause.
const patience = 3

/**
 * Narrows a range that keeps failing down to one row: waits `patience` failures, then halves at each further one, until
 * everything the first failure concerned is through. Whatever passes doubles the next try: one bad row among 512 costs
 * 37 tries at most.
 */
export function createSuspicion(): Suspicion {
  let until = 0 // last row of the range that failed first
  let failures = 0
  let width = Number.POSITIVE_INFINITY
  let cornered: number | undefined

  function clear(): void {
    until = 0
    failures = 0
    width = Number.POSITIVE_INFINITY
    cornered = undefined
  }

  return {
    narrow: (rows) => {
      if (failures === 0) return [...rows]
      const wanted = rows.filter((row) => row.seq <= until)
      // Nothing of it is left: somebody else projected it.
      if (wanted.length === 0) clear()
      return (wanted.length === 0 ? [...rows] : wanted).slice(0, width)
    },
    failed: (rows) => {
      const last = rows.at(-1)
      if (!last) return
      failures++
      if (until === 0) until = last.seq
      if (failures < patience) return
      width = Math.max(1, rows.length >> 1)
      cornered = rows.length === 1 ? last.seq : undefined
    },
    passed: (to) => {
      if (failures === 0) return
      if (to >= until) clear()
      else {
        width *= 2
        cornered = undefined
      }
    },
    get isSearching() {
      return failures >= patience
    },
    get isCornered() {
      return cornered !== undefined
    },
  }
}
