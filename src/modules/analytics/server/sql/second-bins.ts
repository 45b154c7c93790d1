const mostBins = 60

/** Bins of equal width in whole seconds, as many as asked for or the cube root of how many there are to show. */
export function secondBins(
  { count, least, most }: { count: number; least: number; most: number },
  asked: number | undefined,
): { width: number; bins: { from: number; until: number }[] } {
  const wanted = asked ?? Math.min(mostBins, Math.max(1, Math.ceil(Math.cbrt(count))))
  const width = Math.floor((most - least) / wanted) + 1
  const bins = Array.from({ length: Math.floor((most - least) / width) + 1 }, (_, at) => ({
    from: least + at * width,
    until: least + (at + 1) * width,
  }))
  return { width, bins }
}
