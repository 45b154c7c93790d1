/** Bins of equal, familiar widths, empty ones included, so that they can be drawn as they are. */
export type DayBin = { from: number; until: number; people: number }

const widths = [1, 2, 7, 14, 30, 60, 90, 180, 365]
const mostBins = 30

/** From days and how many there are of each. */
export function dayBins([days, counts]: readonly [readonly number[], readonly number[]]): DayBin[] {
  const last = Math.max(-1, ...days)
  const width = widths.find((one) => last < one * mostBins) ?? Math.ceil((last + 1) / mostBins)
  const bins = Array.from({ length: Math.ceil((last + 1) / width) }, (_, at) => ({
    ...{ from: at * width, until: (at + 1) * width, people: 0 },
  }))
  for (const [at, one] of days.entries()) {
    const bin = bins[Math.floor(one / width)]
    if (bin) bin.people += counts[at] ?? 0
  }
  return bins
}
