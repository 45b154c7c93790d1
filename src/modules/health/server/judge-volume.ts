/** What is usual for one hour, from what the same hour brought before. */
export type Usual = { count: number; low: number; high: number }
export type Verdict = 'normal' | 'drop' | 'surge'

// Below so many events an hour chance alone makes doublings and gaps.
export const leastUsual = 20
// A drop or surge must be unlikely (four spreads) and large (half, or four fifths more): a quiet source with even
// counts would else report every tenth more, and a noisy one every swing.
const spreads = 4
const dropShare = 0.5
const surgeShare = 1.8
// However noisy a source is: a tenth of the usual is next to nothing.
const stopShare = 0.1

/**
 * Median, and the band that normal hours lie in. The spread is the median deviation from the median (as a standard
 * deviation), and never less than what chance does to a count, or 15 % of it: a handful of samples agrees by accident.
 */
export function usualOf(samples: readonly number[]): Usual {
  const count = median(samples)
  const spread = Math.max(
    1.4826 * median(samples.map((sample) => Math.abs(sample - count))),
    Math.sqrt(Math.max(count, 1)),
    0.15 * count,
  )
  return {
    count,
    low: Math.max(count * stopShare, Math.min(count - spreads * spread, count * dropShare)),
    high: Math.max(count + spreads * spread, count * surgeShare),
  }
}

/** What is to be said of a whole hour; undefined where too little comes to say anything. */
export function judgeHour(seen: number, usual: Usual): Verdict | undefined {
  if (usual.count < leastUsual) return undefined
  if (seen <= usual.low) return 'drop'
  return seen > usual.high ? 'surge' : 'normal'
}

// A source restarts, a train goes through a tunnel: nobody is to be called for less.
const leastSilenceMs = 15 * 60_000

/** Nothing came since `lastAt` although at least twenty events were due: by chance that happens once in 500 million times. */
export const isSilent = (lastAt: number, due: number, now: number): boolean =>
  now - lastAt >= leastSilenceMs && due >= leastUsual

/** How many events were due between two moments, `usualAt` saying what is usual for the hour that begins then. */
export function dueBetween(
  from: number,
  until: number,
  usualAt: (hour: number) => number | undefined,
): number {
  let due = 0
  for (let hour = Math.floor(from / hourMs) * hourMs; hour < until; hour += hourMs) {
    const part = Math.min(until, hour + hourMs) - Math.max(from, hour)
    due += ((usualAt(hour) ?? 0) * part) / hourMs
  }
  return due
}

export const hourMs = 3_600_000

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const [before = 0, after = 0] = [sorted[middle - 1], sorted[middle]]
  return sorted.length % 2 === 1 ? after : (before + after) / 2
}
