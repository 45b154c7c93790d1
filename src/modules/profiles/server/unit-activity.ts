import type { Call } from '#modules/profiles/server/recognise-calls.ts'
import { jsonTime } from '#platform/ch/time.ts'

/**
 * First and last moment of every unit in the batch; min and max, so shipping a range twice changes nothing. A device
 * whose clock is ahead was active when we heard of it, not in the future.
 */
export function unitActivityLines(
  workspace: number,
  calls: readonly Call[],
  units: readonly number[],
): string {
  const spans = new Map<number, [number, number]>()
  for (const [at, call] of calls.entries()) {
    const unit = units[at] as number
    const time = Math.min(call.time, call.receivedAt)
    const span = spans.get(unit)
    if (!span) spans.set(unit, [time, time])
    else {
      if (time < span[0]) span[0] = time
      if (time > span[1]) span[1] = time
    }
  }
  let lines = ''
  for (const [unit, [first, last]] of spans)
    lines += `{"ws":${workspace},"unit":${unit},"first":${jsonTime(first)},"last":${jsonTime(last)}}\n`
  return lines
}
