import type { World } from '#test/analytics/journeys.ts'
import { type Counted, funnelReference } from './funnel.ts'
import { compareText, told, valueBy } from './select.ts'

type Question = Parameters<typeof funnelReference>[1]
type By = Exclude<NonNullable<Question['correlate']>, 'events'>[number]
type Thing = { event?: string; by?: By; value?: string | null }
const fewest = 5
const unit = { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800, month: 2_592_000 }

/** The four numbers of everything people had or did, and who they are. */
export function correlationReference(world: World, question: Question) {
  const counted = funnelReference(world, question)
  const isWhole = ({ way }: Counted) => way.events.length === question.steps.length
  const having = new Map<string, Set<Counted>>()
  for (const one of counted)
    for (const thing of thingsOf(world, question, one)) {
      const key = JSON.stringify(thing)
      having.set(key, (having.get(key) ?? new Set()).add(one))
    }
  const rows = [...having].map(([key, own]) => {
    const of = (has: boolean, converted: boolean) =>
      counted.filter((one) => own.has(one) === has && isWhole(one) === converted)
    return {
      ...(JSON.parse(key) as Thing),
      with: { converted: of(true, true).length, lost: of(true, false).length },
      without: { converted: of(false, true).length, lost: of(false, false).length },
      people: (has: boolean, converted: boolean) =>
        of(has, converted)
          .map(({ person }) => person)
          .sort(),
    }
  })
  const sizeOf = (of: { converted: number; lost: number }) => of.converted + of.lost
  const telling = rows.filter((row) => sizeOf(row.with) >= fewest && sizeOf(row.without) >= fewest)
  telling.sort((a, b) => sizeOf(b.with) - sizeOf(a.with) || compareText(a.value ?? null, b.value ?? null))
  return [...Map.groupBy(telling, ({ by }) => JSON.stringify(by)).values()].flatMap((of) =>
    of.slice(0, question.correlate === 'events' ? 50 : 10),
  )
}

function thingsOf(world: World, question: Question, { person, way }: Counted): Thing[] {
  const [first, last] = [way.events[0], way.events.at(-1)]
  if (!first || !last) return []
  if (question.correlate !== 'events')
    return (question.correlate ?? []).map((by) => ({ by, value: valueBy(world, first, by) }))
  const steps = question.steps.flatMap(({ event, or = [] }) => [event, ...or.map((one) => one.event)])
  const all = told(world, question.audience).filter((event) => event.person === person)
  const end = first.time + question.window.value * unit[question.window.unit] * 1000
  const isWhole = way.events.length === question.steps.length
  const between = all
    .slice(all.indexOf(first) + 1, isWhole ? all.indexOf(last) : undefined)
    .filter(({ time }) => time <= end)
  const names = between.map(({ event }) => event).filter((event) => !steps.includes(event))
  return [...new Set(names)].map((event) => ({ event }))
}
