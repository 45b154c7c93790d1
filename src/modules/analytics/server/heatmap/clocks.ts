import { IANAZone } from 'luxon'
import type { Inquiry } from '#modules/analytics/server/sql/inquiry.ts'
import type { Days } from '#modules/analytics/server/sql/resolve-range.ts'

/** How far a zone is from UTC, in seconds, from each of some moments on (seconds, the first before the range). */
type Clock = { name: string; from: number[]; offsets: number[] }

// Some trackers say no name but how far their clock is from UTC.
const fixedOffset = '^[+-](0[0-9]|1[0-4]):[0-5][0-9]$'
const weekMs = 604_800_000

/**
 * The zones that events of the scan carry (`said`, of the event; `own`, of the person) and somebody knows, the
 * workspace's first. The engine has one zone for a whole column, so its clocks are told to it as numbers.
 */
export async function readClocks(inquiry: Inquiry, scan: string, days: Days): Promise<Clock[]> {
  const rows = await inquiry.ask<{ name: string }>(
    `SELECT DISTINCT arrayJoin([said, own]) AS name FROM (\n${scan}\n)
     WHERE name IN (SELECT time_zone FROM system.time_zones) OR match(name, '${fixedOffset}') ORDER BY name`,
  )
  const named = rows.map(({ name }) => name).filter((name) => IANAZone.isValidZone(name))
  return [...new Set([inquiry.zone, ...named])].map((name) => clockOf(name, days))
}

function clockOf(name: string, { fromMs, untilMs }: Days): Clock {
  const zone = IANAZone.create(name)
  const offset = (ms: number) => Math.round(zone.offset(ms) * 60)
  const clock: Clock = { name, from: [0], offsets: [offset(fromMs)] }
  for (let at = fromMs; at < untilMs; at += weekMs) {
    const end = Math.min(at + weekMs, untilMs)
    if (offset(end) === offset(at)) continue
    clock.from.push(changeBetween(offset, at, end))
    clock.offsets.push(offset(end))
  }
  return clock
}

/** The second from which on it is as at the end. */
function changeBetween(offset: (ms: number) => number, before: number, after: number): number {
  let [low, high] = [Math.floor(before / 1000), Math.ceil(after / 1000)]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offset(middle * 1000) === offset(before)) low = middle
    else high = middle
  }
  return high
}

/** SQL of whose clock an event goes by (1 its own, 2 the person's, 3 the workspace's) and of its local seconds. */
export function clockSql({ bindings }: Inquiry, clocks: readonly Clock[]): { whose: string; local: string } {
  const names = bindings.bind(
    'Array(String)',
    clocks.map(({ name }) => name),
  )
  const place = `multiIf(indexOf(${names}, said) > 0, indexOf(${names}, said), indexOf(${names}, own) > 0, indexOf(${names}, own), 1)`
  const numbers = (of: (clock: Clock) => number[]) =>
    `[${clocks
      .map(
        (clock) =>
          `[${of(clock)
            .map((one) => `toInt64(${one})`)
            .join(', ')}]`,
      )
      .join(', ')}]`
  const from = numbers((clock) => clock.from)
  const offsets = numbers((clock) => clock.offsets)
  return {
    whose: `multiIf(indexOf(${names}, said) > 0, 1, indexOf(${names}, own) > 0, 2, 3)`,
    local: `s + ${offsets}[${place} AS clock][arrayCount(x -> x <= s, ${from}[clock])]`,
  }
}
