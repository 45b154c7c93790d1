export type Pace = {
  /** So many items of the log to take at a time. */
  readonly items: number
  /** A range went through: the next one may be larger. */
  passed(): void
  /** A range was broken off, for whatever reason: the next one is small. */
  failed(): void
}

/**
 * How much of the log is projected at a time: little after a start and after a failure, twice as much after each
 * success. A range counts only when it is whole; with everything that waits as one range, an engine that dies every
 * two seconds let nothing through for as long as it went on dying, while more and more arrived (seen with 45 kills in
 * 100 seconds: 118,000 items behind, none projected since the fifth kill).
 */
export function createPace(least: number, most: number): Pace {
  let items = least
  return {
    get items() {
      return items
    },
    passed: () => {
      items = Math.min(most, items * 2)
    },
    failed: () => {
      items = least
    },
  }
}
