import { DateTime } from 'luxon'
import type { RetentionCell, RetentionQuestion } from '#modules/analytics/contract/retention.ts'
import type { Told, World } from '#test/analytics/journeys.ts'
import {
  bucketName,
  isChosen,
  isWithin,
  keyBy,
  local,
  numbersIn,
  type Part,
  partsOf,
  rankedValues,
  told,
} from './select.ts'

type Question = RetentionQuestion & { range: { from: string; to: string } }
type Cohort = { date: string; size: number; values: (number | null)[] }
const elapsed = { hour: 1, day: 24, week: 168, month: 720 }

/**
 * A retention by hand; everything of generated worlds is long over, so nothing is incomplete. Of a part: of those whose
 * start event has its values.
 */
export function retentionReference(world: World, question: Question, part?: Part): Cohort[] {
  return cohortNames(world, question).map((date) => {
    const begun = startsIn(world, question, date, part)
    const values = columnsOf(question).map((_, period) => {
      if (question.measure === 'people' && period === 0) return begun.size
      const found = [...begun].map(([person, start]) => hits(world, question, person, start, period))
      const counted = found.filter((events) => events.length >= question.minimum)
      if (question.measure === 'people') return counted.length
      const numbers = counted.flat().flatMap(({ props }) => numbersIn(props[question.prop ?? '']))
      const sum = Number(numbers.reduce((all, one) => all + BigInt(Math.floor(one * 1e6 + 0.5)), 0n)) / 1e6
      if (question.measure === 'sum') return sum
      return numbers.length === 0 ? null : sum / numbers.length
    })
    return { date, size: begun.size, values }
  })
}

/** Ids of the people in a cell. */
export function retentionPeopleReference(
  world: World,
  question: Question,
  { cohort, period }: Pick<RetentionCell, 'cohort' | 'period'>,
  part?: Part,
): string[] {
  const begun = [...startsIn(world, question, cohort, part)]
  const isWhole = question.measure === 'people' && period === 0
  return begun
    .filter(
      ([person, start]) => isWhole || hits(world, question, person, start, period).length >= question.minimum,
    )
    .map(([person]) => person)
    .sort()
}

function cohortNames({ zone }: World, { range, interval }: Question): string[] {
  const names = new Set<string>()
  const until = DateTime.fromISO(range.to, { zone }).plus({ days: 1 }).startOf('day').toMillis()
  for (let time = DateTime.fromISO(range.from, { zone }).toMillis(); time < until; time += 900_000)
    names.add(bucketName({ time }, interval, zone))
  return [...names]
}

function columnsOf({ brackets, periods }: Question): number[][] {
  const columns = [[0]]
  let next = 1
  for (const length of brackets ?? Array<number>(periods - 1).fill(1)) {
    columns.push(Array.from({ length }, () => next++))
  }
  return columns
}

/** Who began in a period, and with which event. */
function startsIn(world: World, question: Question, date: string, part?: Part): Map<string, Told> {
  const { start, mode, range, interval } = question
  const starts = new Map<string, Told>()
  const isNamed = (event: Told) =>
    [start, ...(start.or ?? [])].some((one) => one.event === null || one.event === event.event)
  for (const [person, own] of Map.groupBy(told(world, question.audience), (event) => event.person)) {
    const candidates =
      mode === 'first_ever'
        ? own
            .filter(isNamed)
            .slice(0, 1)
            .filter((event) => isChosen(event, start))
        : mode === 'first_time'
          ? own.filter((event) => isChosen(event, start)).slice(0, 1)
          : own.filter((event) => isChosen(event, start))
    const first = candidates.find(
      (event) =>
        isWithin(event, range.from, range.to, world.zone) && bucketName(event, interval, world.zone) === date,
    )
    const isOfPart = first && (!part || part.holds(keyBy(world, first, question.breakdown ?? [])))
    if (isOfPart) starts.set(person, first)
  }
  return starts
}

export function retentionParts(world: World, question: Question): Part[] {
  const { breakdown = [], top } = question
  const people = new Map<string, Set<string>>()
  for (const date of cohortNames(world, question))
    for (const [person, start] of startsIn(world, question, date)) {
      const key = keyBy(world, start, breakdown)
      people.set(key, (people.get(key) ?? new Set()).add(person))
    }
  return partsOf(rankedValues(people, top), breakdown.length)
}

/** Return events of one person that a value covers. */
function hits(world: World, question: Question, person: string, start: Told, period: number): Told[] {
  const columns = columnsOf(question)
  const covered = question.cumulative ? columns.slice(period).flat() : (columns[period] as number[])
  const all = told(world, question.audience)
  return all.filter((event, at) => {
    if (event.person !== person || !isChosen(event, question.return)) return false
    if (question.measure !== 'people') {
      if (at < all.indexOf(start) || numbersIn(event.props[question.prop ?? '']).length === 0) return false
    }
    return covered.some((index) => isInPeriod(world, question, start, event, index))
  })
}

function isInPeriod({ zone }: World, question: Question, start: Told, event: Told, index: number): boolean {
  const { interval } = question
  if (question.window === '24_hour') {
    const length = elapsed[interval] * 3_600_000
    const since = event.time - start.time
    return since >= index * length && since < (index + 1) * length
  }
  const begin = local(start, zone).startOf(interval)
  if (interval === 'hour') {
    const since = event.time - begin.toMillis()
    return since >= index * 3_600_000 && since < (index + 1) * 3_600_000
  }
  return +local(event, zone).startOf(interval) === +begin.plus({ [interval]: index }).startOf(interval)
}
