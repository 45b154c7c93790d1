import type { FunnelCell, FunnelQuestion } from '#modules/analytics/contract/funnel.ts'
import type { Told, World } from '#test/analytics/journeys.ts'
import { bucketName, compareText, isChosen, isWithin, told, valueBy } from './select.ts'

type Question = FunnelQuestion & { range: { from: string; to: string } }
/** One way through: its events in order, of which step each is, and whether an exclusion came in between. */
type Way = { events: Told[]; steps: number[]; spoiled: boolean }
export type Counted = { person: string; way: Way; values: (string | null)[] }

const seconds = { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800, month: 2_592_000 }

/** Every person or visit that is in the funnel; with `t`, who began in that interval. */
export function funnelReference(world: World, question: Question, t?: string): Counted[] {
  const mine = told(world, question.audience)
  const counted: Counted[] = []
  for (const [person, events] of Map.groupBy(mine, (event) => event.person))
    for (const journey of journeysOf(question, events)) {
      const ways = journey.flatMap((part) => waysOf(world, question, part, t))
      const way = best(question, ways)
      if (way) counted.push({ person, way, values: valuesOf(world, question, way) })
    }
  return counted
}

/** Whole lives or visits, each in one part, or one for every value that is held. */
function journeysOf(question: Question, events: Told[]): Told[][][] {
  const visits: Told[][] = []
  for (const [at, event] of events.entries()) {
    const before = events[at - 1]
    const isPause =
      question.count === 'sessions' && before && event.time - before.time >= question.gap_minutes * 60_000
    if (before === undefined || isPause) visits.push([])
    visits.at(-1)?.push(event)
  }
  const { hold } = question
  if (hold === undefined) return visits.map((visit) => [visit])
  return visits.map((visit) => {
    const having = visit.filter(({ props }) => props[hold] !== undefined)
    return [...Map.groupBy(having, ({ props }) => textOf(props[hold])).values()]
  })
}

const textOf = (value: unknown) => (Array.isArray(value) ? value.join(', ') : String(value))

function waysOf(world: World, question: Question, events: Told[], t: string | undefined): Way[] {
  const { from, to } = question.range
  return events.flatMap((event, at) => {
    if (!isWithin(event, from, to, world.zone)) return []
    if (t !== undefined && bucketName(event, question.interval ?? 'day', world.zone) !== t) return []
    const way = question.order === 'any' ? anyWay(question, events, at) : orderedWay(question, events, at)
    return way ? [way] : []
  })
}

const windowOf = ({ window }: Question) => window.value * seconds[window.unit] * 1000
const isStep = (question: Question, event: Told, step: number) =>
  isChosen(event, question.steps[step - 1] as Question['steps'][number])

function orderedWay(question: Question, events: Told[], at: number): Way | undefined {
  const first = events[at] as Told
  if (!isStep(question, first, 1)) return undefined
  const way: Way = { events: [first], steps: [1], spoiled: false }
  for (const event of events.slice(at + 1)) {
    if (event.time - first.time > windowOf(question)) break
    const reached = way.events.length
    if (reached === question.steps.length) break
    if (isStep(question, event, reached + 1)) {
      way.events.push(event)
      way.steps.push(reached + 1)
      continue
    }
    if (question.order === 'strict') break
    if (
      (question.exclusions ?? []).some(
        (one) => one.between[0] <= reached && reached < one.between[1] && isChosen(event, one),
      )
    )
      way.spoiled = true
  }
  return way
}

function anyWay(question: Question, events: Told[], at: number): Way | undefined {
  const first = events[at] as Told
  const free = question.steps.map((_, step) => step + 1).reverse()
  const take = (event: Told) => free.find((step) => isStep(question, event, step))
  const way: Way = { events: [], steps: [], spoiled: false }
  for (const event of events.slice(at)) {
    if (event.time - first.time > windowOf(question) || free.length === 0) break
    const step = take(event)
    if (step !== undefined) {
      free.splice(free.indexOf(step), 1)
      way.events.push(event)
      way.steps.push(step)
      continue
    }
    if (way.events.length === 0) return undefined
    const isAnyStep = question.steps.some((one) => isChosen(event, one))
    if (!isAnyStep && (question.exclusions ?? []).some((one) => isChosen(event, one))) way.spoiled = true
  }
  return way
}

const before = (a: Told, b: Told) =>
  a.time - b.time || Buffer.compare(Buffer.from(a.messageId), Buffer.from(b.messageId))

/** The way that counts; none when every furthest one is spoiled. */
function best(question: Question, ways: Way[]): Way | undefined {
  const furthest = Math.max(0, ...ways.map(({ events }) => events.length))
  const clean = ways.filter(({ events, spoiled }) => events.length === furthest && !spoiled)
  const start = ({ events }: Way) => events[0] as Told
  const end = ({ events }: Way) => events.at(-1) as Told
  clean.sort((a, b) => {
    if (question.start === 'first') return before(start(a), start(b))
    const isWhole = furthest === question.steps.length
    return (isWhole ? before(end(a), end(b)) : 0) || before(start(b), start(a))
  })
  return clean[0]
}

function valuesOf(world: World, question: Question, way: Way): (string | null)[] {
  const { attribution } = question
  return (question.breakdown ?? []).map((by) => {
    const events =
      typeof attribution === 'object'
        ? way.events.filter((_, at) => way.steps[at] === attribution.step)
        : attribution === 'first'
          ? way.events
          : way.events.toReversed()
    // Attributes are of the person, whatever was done.
    const isAttr = typeof by === 'object' && 'attr' in by
    const found = (isAttr ? way.events : events).map((event) => valueBy(world, event, by))
    return found.find((value) => value !== null) ?? null
  })
}

export const reached = (counted: Counted[], step: number): Counted[] =>
  counted.filter(({ way }) => way.events.length >= step)

/** Seconds from one step to another, in order. */
export function times(counted: Counted[], from: number, to: number): number[] {
  return reached(counted, to)
    .map(({ way }) => ((way.events[to - 1] as Told).time - (way.events[from - 1] as Told).time) / 1000)
    .sort((a, b) => a - b)
}

export function stepsOf(question: Question, counted: Counted[]) {
  return question.steps.map((_, at) => {
    const took = at === 0 ? [] : times(counted, at, at + 1)
    return {
      count: reached(counted, at + 1).length,
      avg_seconds: average(took),
      median_seconds: median(took),
    }
  })
}

export const average = (numbers: number[]): number | null =>
  numbers.length === 0 ? null : numbers.reduce((sum, one) => sum + one, 0) / numbers.length

export function median(numbers: number[]): number | null {
  if (numbers.length === 0) return null
  const middle = (numbers.length - 1) / 2
  return ((numbers[Math.floor(middle)] as number) + (numbers[Math.ceil(middle)] as number)) / 2
}

/** Values by how many begin, then by text. */
export function ranked(question: Question, counted: Counted[]): (string | null)[][] {
  const groups = [...Map.groupBy(counted, ({ values }) => JSON.stringify(values)).values()]
  groups.sort((a, b) => {
    const texts = (a[0] as Counted).values.map((text, at) => compareText(text, b[0]?.values[at] ?? null))
    return b.length - a.length || (texts.find((order) => order !== 0) ?? 0)
  })
  return groups.slice(0, question.top).map((group) => (group[0] as Counted).values)
}

/** Those of a combination, or of the rest beside the shown ones. */
export function ofValues(
  counted: Counted[],
  breakdown: readonly (string | null)[] | undefined,
  top: readonly (string | null)[][],
): Counted[] {
  if (breakdown === undefined || breakdown.length === 0) return counted
  const shown = top.map((one) => JSON.stringify(one))
  return counted.filter(({ values }) => {
    const own = JSON.stringify(values)
    return breakdown[0] === '$other' ? !shown.includes(own) : own === JSON.stringify(breakdown)
  })
}

/** Ids of the people in a cell, where these combinations are shown. */
export function funnelPeopleReference(
  world: World,
  question: Question,
  cell: FunnelCell,
  top: readonly (string | null)[][],
): string[] {
  const found = ofValues(funnelReference(world, question, cell.t), cell.breakdown, top).filter(({ way }) => {
    const level = way.events.length
    return cell.dropped ? level === cell.step - 1 : level >= cell.step
  })
  return [...new Set(found.map(({ person }) => person))].sort()
}
