import type { CompositionCell, CompositionQuestion } from '#modules/analytics/contract/composition.ts'
import type { World } from '#test/analytics/journeys.ts'
import { bucketName, compareText, isMeant, isWithin } from './select.ts'

type Question = CompositionQuestion & { range: { from: string; to: string } }
type Row = {
  value: string | null
  people: number
  everyone: number
  joined: number
  points: Record<string, number>
}

/** A composition by hand: rows in their order, the rest last, and the three totals. */
export function compositionReference(world: World, question: Question) {
  const all = [...world.people.keys()]
  const mine = all.filter((id) => isMeant(world, id, question.audience))
  const joined = mine.filter((id) => hasJoined(world, question, id))
  const top = ranked(world, question)
  const values = [...top, '$other'].map((value): Row => {
    const has = (id: string) => isIn(world, question, id, value, top)
    const came = joined.filter(has)
    return {
      value,
      people: mine.filter(has).length,
      everyone: all.filter(has).length,
      joined: came.length,
      points: Object.fromEntries(
        [...Map.groupBy(came, (id) => bucketOf(world, question, id))].map(([t, ids]) => [t, ids.length]),
      ),
    }
  })
  return {
    people: mine.length,
    everyone: all.length,
    joined: joined.length,
    values: values.filter(({ people }) => people > 0),
  }
}

/** Ids of the people in a cell. */
export function compositionPeopleReference(
  world: World,
  question: Question,
  cell: CompositionCell,
): string[] {
  const top = ranked(world, question)
  return [...world.people.keys()]
    .filter((id) => cell.of === 'everyone' || isMeant(world, id, question.audience))
    .filter((id) => !(cell.joined || cell.t) || hasJoined(world, question, id))
    .filter((id) => cell.t === undefined || bucketOf(world, question, id) === cell.t)
    .filter((id) => cell.value === undefined || isIn(world, question, id, cell.value, top))
    .sort()
}

const firstSeen = (world: World, id: string) => ({ time: Date.parse(world.people.get(id)?.firstSeen ?? '') })
const bucketOf = (world: World, { interval }: Question, id: string) =>
  bucketName(firstSeen(world, id), interval, world.zone)
const hasJoined = (world: World, { range }: Question, id: string) =>
  isWithin(firstSeen(world, id), range.from, range.to, world.zone)

function valuesOf(world: World, { by }: Question, id: string): (string | null)[] {
  const person = world.people.get(id)
  const value = 'tags' in by ? person?.tags : person?.attrs[by.attr]
  const list = value === undefined || value === null ? [] : [value].flat()
  return list.length === 0 ? [null] : list.map(String)
}

function ranked(world: World, question: Question): (string | null)[] {
  const counts = new Map<string | null, number>()
  for (const id of world.people.keys())
    if (isMeant(world, id, question.audience))
      for (const value of new Set(valuesOf(world, question, id)))
        counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .sort(([a, x], [b, y]) => y - x || compareText(a, b))
    .map(([value]) => value)
    .slice(0, question.top)
}

function isIn(
  world: World,
  question: Question,
  id: string,
  value: string | null,
  top: (string | null)[],
): boolean {
  const own = valuesOf(world, question, id)
  return value === '$other' ? own.some((one) => !top.includes(one)) : own.includes(value)
}
