import type { DistributionQuestion } from '#modules/analytics/contract/distribution.ts'
import type { Told, World } from '#test/analytics/journeys.ts'
import { inCombination, type Values } from './combinations.ts'
import { bucketName, dayOf, isChosen, isWithin, numbersIn, told, valueBy } from './select.ts'

type Question = DistributionQuestion & { range: { from: string; to: string } }
const ofProp = ['sum', 'avg', 'min', 'max']

export function distributionEvents(world: World, question: Question): Told[] {
  const { audience, range, event, measure, prop = '' } = question
  return told(world, audience).filter(
    (one) =>
      isWithin(one, range.from, range.to, world.zone) &&
      isChosen(one, event) &&
      (!ofProp.includes(measure) || numbersIn(one.props[prop]).length > 0),
  )
}

export const valuesOf = (
  world: World,
  { breakdown = [] }: Pick<Question, 'breakdown'>,
  event: Told,
): Values => breakdown.map((by) => valueBy(world, event, by))

/** What each person comes to, by period (null: the whole range) and person. */
export function distributionValues(
  world: World,
  question: Question,
  breakdown: Values = [],
  top: readonly Values[] = [],
): Map<string | null, Map<string, number>> {
  const rows = distributionEvents(world, question).filter((event) =>
    inCombination(valuesOf(world, question, event), breakdown, top),
  )
  const periodOf = (event: Told) =>
    question.interval === 'range' ? null : bucketName(event, question.interval, world.zone)
  return new Map(
    [...Map.groupBy(rows, periodOf)].map(([t, own]) => [
      t,
      new Map(
        [...Map.groupBy(own, ({ person }) => person)].map(([person, events]) => [
          person,
          comeTo(question, events, world.zone),
        ]),
      ),
    ]),
  )
}

function comeTo({ measure, prop = '' }: Question, events: Told[], zone: string): number {
  if (measure === 'count') return events.length
  if (measure === 'days') return new Set(events.map((one) => dayOf(one, zone))).size
  if (measure === 'hours') return new Set(events.map((one) => bucketName(one, 'hour', zone))).size
  const numbers = events.flatMap(({ props }) => numbersIn(props[prop]))
  if (measure === 'min') return Math.min(...numbers)
  if (measure === 'max') return Math.max(...numbers)
  const sum = Number(numbers.reduce((all, one) => all + BigInt(Math.floor(one * 1e6 + 0.5)), 0n)) / 1e6
  return measure === 'sum' ? sum : sum / numbers.length
}
