/** SplitMix32: one 32-bit word of state, so each person and each scene can own a stream that nobody else disturbs. */
export type Random = { state: number }

/** Mixes numbers into one well-spread 32-bit seed (finaliser of MurmurHash3). */
export function mix(a: number, b: number, c = 0): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35)
  h = Math.imul(h ^ (h >>> 15) ^ Math.imul(c + 0x165667b1, 0x27d4eb2f), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

export function seeded(a: number, b: number, c = 0): Random {
  return { state: mix(a, b, c) }
}

export function word(r: Random): number {
  r.state = (r.state + 0x9e3779b9) | 0
  let t = r.state ^ (r.state >>> 16)
  t = Math.imul(t, 0x21f0aaad)
  t = Math.imul(t ^ (t >>> 15), 0x735a2d97)
  return (t ^ (t >>> 15)) >>> 0
}

/** Maps 32-bit numbers one to one: what must be unique is scrambled, not drawn (50,000 draws of 32 bits do collide). */
export function scramble(n: number): number {
  let h = Math.imul(n ^ (n >>> 16), 0x21f0aaad)
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97)
  return (h ^ (h >>> 15)) >>> 0
}

/** Uniform in [0, 1). */
export function draw(r: Random): number {
  return word(r) / 4294967296
}

export function chance(r: Random, probability: number): boolean {
  return draw(r) < probability
}

/** Whole number in [low, high], both included. */
export function between(r: Random, low: number, high: number): number {
  return low + Math.floor(draw(r) * (high - low + 1))
}

/** Exponential waiting time: many short, few long. */
export function waiting(r: Random, mean: number): number {
  return -Math.log(1 - draw(r)) * mean
}

export function pick<T>(r: Random, list: readonly T[]): T {
  return item(list, Math.floor(draw(r) * list.length))
}

export function item<T>(list: readonly T[], index: number): T {
  const found = list[index]
  if (found === undefined) throw new RangeError(`no element ${index} in a list of ${list.length}`)
  return found
}

/** Index of the entry that a uniform draw falls on; `shares` need not add up to 1. */
export function weighted(r: Random, shares: readonly number[]): number {
  let rest = draw(r) * shares.reduce((sum, share) => sum + share, 0)
  for (let i = 0; i < shares.length; i++) {
    rest -= item(shares, i)
    if (rest < 0) return i
  }
  return shares.length - 1
}
