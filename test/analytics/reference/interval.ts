import { windowUnits } from '#modules/analytics/contract/funnel.ts'
import type { IntervalQuestion } from '#modules/analytics/contract/interval.ts'
import type { Told, World } from '#test/analytics/journeys.ts'
import { isChosen, isWithin, local, told, valueBy } from './select.ts'

type Question = IntervalQuestion & { range: { from: string; to: string } }
export type Pair = { person: string; from: Told; to: Told; ms: number }

/** All pairs of everybody, by walking along each journey with the beginnings that are still open. */
export function intervalPairs(world: World, question: Question): Pair[] {
  const { range, max_gap, gap_minutes, hold, audience } = question
  const most = max_gap ? max_gap.value * windowUnits[max_gap.unit] * 1000 : undefined
  const start = local({ time: 0 }, world.zone).set(dateOf(range.from)).startOf('day').toMillis()
  const end = local({ time: 0 }, world.zone).set(dateOf(range.to)).plus({ days: 1 }).startOf('day').toMillis()
  const pairs: Pair[] = []
  const all = told(world, audience).filter(({ time }) => time >= start && time < end + (most ?? 0))
  for (const own of Map.groupBy(all, ({ person }) => person).values())
    for (const visit of gap_minutes === undefined ? [own] : visitsOf(own, gap_minutes * 60_000)) {
      const isHeld = (one: Told) => hold === undefined || valueBy(world, one, hold) !== null
      const held = Map.groupBy(visit.filter(isHeld), (one) => (hold ? valueBy(world, one, hold) : ''))
      for (const journey of held.values()) pairs.push(...pairUp(journey, question))
    }
  return pairs.filter(
    ({ from, ms }) => isWithin(from, range.from, range.to, world.zone) && (most === undefined || ms <= most),
  )
}

function dateOf(day: string) {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  return { year, month, day: date }
}

function pairUp(journey: readonly Told[], { from, to, pairing }: Question): Pair[] {
  const pair = (a: Told, b: Told): Pair => ({ person: a.person, from: a, to: b, ms: b.time - a.time })
  if (pairing === 'first') {
    const at = journey.findIndex((one) => isChosen(one, from))
    const after = journey.slice(at + 1).find((one) => isChosen(one, to))
    return at >= 0 && after ? [pair(journey[at] as Told, after)] : []
  }
  const open: Told[] = []
  const pairs: Pair[] = []
  for (const one of journey) {
    if (isChosen(one, to)) {
      const begun = open.pop()
      if (begun) pairs.push(pair(begun, one))
    }
    if (isChosen(one, from)) open.push(one)
  }
  return pairs
}

function visitsOf(own: readonly Told[], pause: number): Told[][] {
  const visits: Told[][] = []
  for (const [at, one] of own.entries()) {
    const before = own[at - 1]
    if (before === undefined || one.time - before.time >= pause) visits.push([])
    visits.at(-1)?.push(one)
  }
  return visits
}
