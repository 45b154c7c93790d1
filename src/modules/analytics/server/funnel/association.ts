/** People by two yes-or-no questions: a and c have it, a and b convert. */
export type FourFold = { a: number; b: number; c: number; d: number }

/** How many times higher the odds of converting are with it; ½ is added to each number, so nothing is infinite. */
export const oddsRatio = ({ a, b, c, d }: FourFold): number =>
  ((a + 0.5) * (d + 0.5)) / ((b + 0.5) * (c + 0.5))

// Two tables this close in probability are equal; they differ by rounding only.
const tolerance = 1e-9

/**
 * Fisher's exact test, two-sided: the probability, with all sums as they are, of a table no more likely than this one.
 * Both tails are added from their nearer end on, where terms only shrink, so it takes as many steps as matter.
 */
export function fisherExact({ a, b, c, d }: FourFold): number {
  const [converted, having, all] = [a + b, a + c, a + b + c + d]
  const least = Math.max(0, converted + having - all)
  const most = Math.min(converted, having)
  const log = (k: number) =>
    logChoose(having, k) + logChoose(all - having, converted - k) - logChoose(all, converted)
  const limit = log(a) + tolerance
  const mode = Math.min(most, Math.max(least, Math.floor(((converted + 1) * (having + 1)) / (all + 2))))
  const isRare = (k: number) => log(k) <= limit
  // The probability rises up to the mode and falls after it, so both ends are found by halving.
  const below = isRare(mode) ? mode : lastRare(least - 1, mode, isRare)
  const above = isRare(mode)
    ? mode + 1
    : most + 1 - lastRare(-1, most - mode, (back) => isRare(most - back)) - 1
  return Math.min(1, tail(below, least, -1, log) + tail(above, most, 1, log))
}

/** The last of low+1 … high−1 that is rare, where rare ones come first; low when none is. */
function lastRare(low: number, high: number, isRare: (k: number) => boolean): number {
  let [yes, no] = [low, high]
  while (no - yes > 1) {
    const middle = Math.floor((yes + no) / 2)
    if (isRare(middle)) yes = middle
    else no = middle
  }
  return yes
}

function tail(from: number, end: number, step: 1 | -1, log: (k: number) => number): number {
  let sum = 0
  for (let k = from; step === 1 ? k <= end : k >= end; k += step) {
    const term = Math.exp(log(k))
    sum += term
    if (term <= sum * 1e-17) break
  }
  return sum
}

const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k)

const small = [0]
for (let n = 1; n < 256; n++) small.push((small[n - 1] as number) + Math.log(n))

/** Stirling's series beyond the table: exact to the last digits a double has. */
function logFactorial(n: number): number {
  const known = small[n]
  if (known !== undefined) return known
  const x = n + 1
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3)
}
