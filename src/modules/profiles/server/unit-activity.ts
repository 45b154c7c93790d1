import type { Call } from '#modules/profiles/server/recognise-calls.ts'
import { jsonTime } from '#platform/ch/time.ts'

/** First and last moment of every unit in the batch; min and max, so shipping a range twice changes nothing. */
export function unitActivityLines(
  workspace: number,
  calls: readonly Call[],
  units: readonly number[],
): string {
  const spans = new Map<number, [number, number]>()
  for (const [at, call] of calls.entries()) {
    const unit = units[at] as number
    const span = spans.get(unit)
    if (!span) spans.set(unit, [call.time, call.time])
    else {
      if (call.time < span[0]) span[0] = call.time
      if (call.time > span[1]) span[1] = call.time
    }
  }
  let lines = ''
  for (const [unit, [first, last]] of spans)
    lines += `{"ws":${workspace},"unit":${unit},"first":${jsonTime(first)},"last":${jsonTime(last)}}\n`
  return lines
}
