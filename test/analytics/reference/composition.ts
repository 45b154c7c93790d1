import type { CompositionCell, CompositionQuestion } from '#modules/analytics/contract/composition.ts'
import type { World } from '#test/analytics/journeys.ts'
import { bucketName, compareText, earlierThan, isMeant, isWithin } from './select.ts'

type Question = CompositionQuestion & { range: { from: string; to: string } }
type Came = { joined: number; points: Record<string, number> }

/** A composition by hand: rows in their order, the rest last, and the totals; the same values in the period compared. */
export function compositionReference(world: World, question: Question) {
  const all = [...world.people.keys()]
  const mine = all.filter((id) => isMeant(world, id, question.audience))
  const top = ranked(world, question)
  const values = [...top, '$other'].filter((value) =>
    mine.some((id) => isIn(world, question, id, value, top)),
  )
  const came = (asked: Question) => {
    const joined = mine.filter((id) => hasJoined(world, asked, id))
    const rows = values.map((value): Came => {
      const own = joined.filter((id) => isIn(world, question, id, value, top))
      const buckets = Map.groupBy(own, (id) => bucketOf(world, question, id))
      return {
        joined: own.length,
        points: Object.fromEntries([...buckets].map(([t, ids]) => [t, ids.length])),
      }
    })
    return { joined: joined.length, rows }
  }
  const { joined, rows } = came(question)
  const before = earlierThan(question)
  const then = question.compare === undefined ? undefined : came(before)
  return {
    ...{ people: mine.length, everyone: all.length, joined },
    values: values.map((value, at) => ({
      value,
      people: mine.filter((id) => isIn(world, question, id, value, top)).length,
      everyone: all.filter((id) => isIn(world, question, id, value, top)).length,
      ...(rows[at] as Came),
    })),
    ...(then
      ? {
          compare: {
            ...{ range: before.range, joined: then.joined },
            values: values.map((value, at) => ({ value, ...(then.rows[at] as Came) })),
          },
        }
      : {}),
  }
}

/** Ids of the people in a cell. */
export function compositionPeopleReference(
  world: World,
  question: Question,
  cell: CompositionCell,
): string[] {
  const top = ranked(world, question)
  const asked = cell.compared ? earlierThan(question) : question
  return [...world.people.keys()]
    .filter((id) => cell.of === 'everyone' || isMeant(world, id, question.audience))
    .filter((id) => !(cell.joined || cell.compared || cell.t) || hasJoined(world, asked, id))
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
