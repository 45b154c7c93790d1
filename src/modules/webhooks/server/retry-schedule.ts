const second = 1000
const minute = 60 * second
const hour = 60 * minute

// As Standard Webhooks proposes: ten tries within 75 h 35 min.
const waits = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
]

// A tenth at most, so that what failed together does not come back together.
const jitter = 0.1
// A receiver may ask for less haste, not for oblivion.
const longestPause = 24 * hour

/** How long to wait after so many tries have failed; undefined: it is given up. `random` is 0 to 1. */
export function waitAfter(tries: number, random: number): number | undefined {
  const wait = waits[tries - 1]
  return wait === undefined ? undefined : Math.round(wait * (1 + jitter * random))
}

/** `Retry-After` in seconds or as a date, in ms from now; undefined when it says nothing usable. */
export function readRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined || header.trim() === '') return undefined
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * second : Date.parse(header) - now
  if (Number.isNaN(ms) || ms <= 0) return undefined
  return Math.min(ms, longestPause)
}
