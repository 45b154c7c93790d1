export type VolumePoint = { time: string; count: number }
const hourMs = 3_600_000

/** One point per bucket up to now: buckets in which nothing came are zero, not missing, or a bar chart would lie. */
export function fillVolume(
  items: VolumePoint[],
  hours: number,
  now: number,
): { time: number; count: number }[] {
  const known = items.map((item) => ({ time: Date.parse(item.time), count: item.count }))
  const step = stepOf(
    known.map((point) => point.time),
    hours,
  )
  const anchor = known.at(-1)?.time ?? Math.floor(now / step) * step
  const last = anchor + Math.floor((now - anchor) / step) * step
  const first = last - (Math.ceil((hours * hourMs) / step) - 1) * step
  const counts = new Map(known.map((point) => [point.time, point.count]))
  const filled = []
  for (let time = first; time <= last; time += step) filled.push({ time, count: counts.get(time) ?? 0 })
  return filled
}

/** The server chooses hours or days by the length of the range; the closest two points tell which. */
function stepOf(times: number[], hours: number): number {
  const gaps = times.slice(1).map((time, i) => time - (times[i] as number))
  if (gaps.length > 0) return gaps.some((gap) => gap < 24 * hourMs) ? hourMs : 24 * hourMs
  return hours > 168 ? 24 * hourMs : hourMs
}
