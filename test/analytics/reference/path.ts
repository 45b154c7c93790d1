import type { PathChoice, PathQuestion } from '#modules/analytics/contract/path.ts'
import type { Told, World } from '#test/analytics/journeys.ts'
import { isChosen, isWithin, told } from './select.ts'

type Question = PathQuestion & { range: { from: string; to: string } }
type Item = { name: string; time: number }
/** One path as it is drawn: its nodes as they are entered and left, and where it goes after the last. */
export type Walk = { person: string; nodes: { name: string; in: number; out: number }[]; last: Item }
export type Move = { n: number; source: string; target: string; times: (number | null)[]; people: string[] }

const exit = '$exit'
const other = '$other'

/** Every path of the question. */
export function walksReference(world: World, question: Question): Walk[] {
  const { from, to } = question.range
  const mine = told(world, question.audience).filter((event) => isWithin(event, from, to, world.zone))
  const walks: Walk[] = []
  for (const [person, events] of Map.groupBy(mine, (event) => event.person))
    for (const visit of visitsOf(question, events)) {
      const items = cut(question, collapse(question, itemsOf(question, visit)))
      if (items.length > 0) walks.push({ person, ...shorten(question, items) })
    }
  return walks
}

function visitsOf({ count, gap_minutes }: Question, events: Told[]): Told[][] {
  const visits: Told[][] = []
  for (const [at, event] of events.entries()) {
    const before = events[at - 1]
    const isPause = count === 'sessions' && before && event.time - before.time >= gap_minutes * 60_000
    if (before === undefined || isPause) visits.push([])
    visits.at(-1)?.push(event)
  }
  return visits
}

function itemsOf(question: Question, visit: Told[]): Item[] {
  return visit.flatMap((event) => {
    const name = nameOf(question, event)
    if (name === undefined) return []
    const fitsOne = (choice: PathChoice) =>
      typeof choice === 'string' ? fits(name, choice) : isChosen(event, choice)
    if (question.include && !question.include.some(fitsOne)) return []
    return question.exclude?.some(fitsOne) ? [] : [{ name, time: event.time }]
  })
}

function nameOf({ by, groups = [] }: Question, event: Told): string | undefined {
  const value = by === 'event' ? event.event : event.props[by.prop]
  if (value === undefined || value === null) return undefined
  const text = Array.isArray(value) ? value.join(', ') : String(value)
  return groups.find(({ patterns }) => patterns.some((one) => fits(text, one)))?.name ?? text
}

/** `*` is anything, by trying every length. */
function fits(text: string, pattern: string): boolean {
  if (pattern === '') return text === ''
  if (pattern[0] !== '*')
    return text[0] === pattern[0] && text !== '' && fits(text.slice(1), pattern.slice(1))
  return Array.from({ length: text.length + 1 }, (_, at) => at).some((at) =>
    fits(text.slice(at), pattern.slice(1)),
  )
}

function collapse(question: Question, items: Item[]): Item[] {
  const kept: Item[] = []
  for (const item of items) {
    const before = kept.at(-1)
    if (question.collapse === 'none' || before?.name !== item.name) kept.push(item)
    else if (question.collapse === 'last') kept[kept.length - 1] = item
  }
  return kept
}

const textOf = (end: NonNullable<Question['start']>) => (typeof end === 'string' ? end : end.event)

function cut({ start, end }: Question, items: Item[]): Item[] {
  let rest = items
  if (start !== null) {
    const at = rest.findIndex(({ name }) => name === textOf(start))
    rest = at < 0 ? [] : rest.slice(at)
  }
  if (end === null) return rest
  const at = rest.findIndex(({ name }, place) => name === textOf(end) && (start === null || place > 0))
  return at < 0 ? [] : rest.slice(0, at + 1)
}

function shorten({ start, end, steps }: Question, items: Item[]): Omit<Walk, 'person'> {
  const node = ({ name, time }: Item) => ({ name, in: time, out: time })
  const ended = { name: exit, time: 0 }
  if (items.length <= steps) return { nodes: items.map(node), last: ended }
  if (end === null) {
    const next = items[steps] as Item
    return { nodes: items.slice(0, steps).map(node), last: { name: other, time: next.time } }
  }
  if (start === null) return { nodes: items.slice(-steps).map(node), last: ended }
  const before = Math.floor(steps / 2)
  const after = steps - 1 - before
  const middle = items.slice(before, items.length - after)
  const gathered = { name: other, in: (middle[0] as Item).time, out: (middle.at(-1) as Item).time }
  return {
    nodes: [...items.slice(0, before).map(node), gathered, ...items.slice(-after).map(node)],
    last: ended,
  }
}

/** What is drawn: the most frequent moves by themselves, the rest by way of the others. */
export function drawnReference(question: Question, walks: Walk[]) {
  const moves = new Map<string, Move>()
  const add = (
    into: Map<string, Move>,
    move: Omit<Move, 'times' | 'people'>,
    time: number | null,
    who: string,
  ) => {
    const key = JSON.stringify([move.n, move.source, move.target])
    const own = into.get(key) ?? { ...move, times: [], people: [] }
    own.times.push(time)
    own.people.push(who)
    into.set(key, own)
  }
  const each = (
    walk: Walk,
    take: (n: number, source: string, target: string, time: number | null) => void,
  ) => {
    for (const [at, node] of walk.nodes.entries()) {
      const next = walk.nodes[at + 1]
      const target = next ? { name: next.name, time: next.in } : walk.last
      take(at + 1, node.name, target.name, target.name === exit ? null : target.time - node.out)
    }
  }
  for (const walk of walks)
    each(walk, (n, source, target, time) => add(moves, { n, source, target }, time, walk.person))
  const ranked = [...moves.values()].sort(
    (a, b) =>
      b.times.length - a.times.length ||
      a.n - b.n ||
      Buffer.compare(Buffer.from(a.source), Buffer.from(b.source)) ||
      // An exit comes before every item.
      Number(b.target === exit) - Number(a.target === exit) ||
      Buffer.compare(Buffer.from(a.target), Buffer.from(b.target)),
  )
  const isOften = (move: Move) => move.times.length >= question.min_weight
  const own = ranked.filter(({ source, target }) => source !== other && target !== other)
  const real = own.filter(({ target }) => target !== exit)
  const kept = real.slice(0, question.edges).filter(isOften)
  const lastReal = real.length < question.edges ? undefined : real[question.edges - 1]
  const exits = own
    .filter(({ target }) => target === exit)
    .slice(0, question.edges)
    .filter((move) => isOften(move) && (!lastReal || ranked.indexOf(move) < ranked.indexOf(lastReal)))
  const shown = new Set(
    [...kept, ...exits].flatMap(({ n, source, target }) => [
      `${n}_${source}`,
      ...(target === exit ? [] : [`${n + 1}_${target}`]),
    ]),
  )
  const isKept = (n: number, source: string, target: string) =>
    kept.some((one) => one.n === n && one.source === source && one.target === target)
  const drawn = new Map<string, Move>()
  for (const walk of walks)
    each(walk, (n, source, target, time) => {
      const take = (from: string, to: string) =>
        add(drawn, { n, source: from, target: to }, time, walk.person)
      const from = shown.has(`${n}_${source}`) ? source : other
      const to = target === exit || shown.has(`${n + 1}_${target}`) ? target : other
      if (target === exit || from === other || to === other || isKept(n, source, target))
        return take(from, to)
      take(source, other)
      take(other, target)
    })
  return { drawn: [...drawn.values()], gathered: real.length - kept.length }
}
