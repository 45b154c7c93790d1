import { DateTime, IANAZone } from 'luxon'
import type { HeatmapCell, HeatmapQuestion } from '#modules/analytics/contract/heatmap.ts'
import type { Told, World } from '#test/analytics/journeys.ts'
import { inCombination, type Values } from './combinations.ts'
import { isChosen, isWithin, numbersIn, told, valueBy } from './select.ts'

type Question = HeatmapQuestion & { range: { from: string; to: string } }

/** An event with where it lies in the week, by whose clock it goes. */
export type Placed = { event: Told; weekday: number; hour: number; values: Values }

export function placedEvents(world: World, question: Question): Placed[] {
  return heatmapEvents(world, question).map((event) => {
    const { weekday, hour } = DateTime.fromMillis(event.time, { zone: clockOf(world, question, event) })
    return { event, weekday, hour, values: valuesOf(world, question, event) }
  })
}

/** The events behind a cell of a heat map. */
export function heatmapRows(
  placed: readonly Placed[],
  { weekday, hour, breakdown }: Omit<HeatmapCell, 'compared'>,
  top: readonly Values[],
): Told[] {
  return placed
    .filter(
      (one) =>
        (weekday === undefined || one.weekday === weekday) &&
        (hour === undefined || one.hour === hour) &&
        (breakdown === undefined || inCombination(one.values, breakdown, top)),
    )
    .map(({ event }) => event)
}

export function heatmapEvents(world: World, { audience, range, event, math, prop = '' }: Question): Told[] {
  return told(world, audience).filter(
    (one) =>
      isWithin(one, range.from, range.to, world.zone) &&
      isChosen(one, event) &&
      (math !== 'sum' || numbersIn(one.props[prop]).length > 0),
  )
}

export const valuesOf = (
  world: World,
  { breakdown = [] }: Pick<Question, 'breakdown'>,
  event: Told,
): Values => breakdown.map((by) => valueBy(world, event, by))

function clockOf(world: World, { zone }: Question, event: Told): string {
  if (zone === 'workspace') return world.zone
  const own = world.people.get(event.person)?.attrs.timezone
  return (
    [event.sentFrom, own].find(
      (one): one is string => typeof one === 'string' && IANAZone.isValidZone(one),
    ) ?? world.zone
  )
}

export function heatmapMeasure({ math, prop = '' }: Question, rows: Told[]): number | null {
  const people = new Set(rows.map(({ person }) => person)).size
  if (math === 'count') return rows.length
  if (math === 'people') return people
  if (math === 'per_person') return people === 0 ? null : rows.length / people
  const numbers = rows.flatMap(({ props }) => numbersIn(props[prop]))
  return Number(numbers.reduce((sum, one) => sum + BigInt(Math.floor(one * 1e6 + 0.5)), 0n)) / 1e6
}
