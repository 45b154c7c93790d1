import type { RfmCell, RfmQuestion } from '#modules/analytics/contract/rfm.ts'
import type { World } from '#test/analytics/journeys.ts'
import { dayOf, isChosen, isWithin, numbersIn, told } from './select.ts'

type Question = RfmQuestion & {
  range: { from: string; to: string }
  event: NonNullable<RfmQuestion['event']>
}
type Buyer = { person: string; recency: number; frequency: number; money: number }
export type Scored = Buyer & { r: number; f: number; m: number }

/** Everybody who ordered with their values and scores, by sorting and counting. */
export function rfmReference(world: World, question: Question): Scored[] {
  const buyers = buyersOf(world, question)
  const cuts = {
    r: cutsOf(buyers, 'recency', question, question.cuts?.r),
    f: cutsOf(buyers, 'frequency', question, question.cuts?.f),
    m: cutsOf(
      buyers,
      'money',
      question,
      question.cuts?.m.map((cut) => Math.round(cut * 1e6)),
    ),
  }
  const beyond = (value: number, of: number[]) =>
    of.filter((cut) => (question.method === 'fixed' ? cut <= value : cut < value)).length
  return buyers.map((buyer) => ({
    ...buyer,
    r: cuts.r.length + 1 - cuts.r.filter((cut) => cut < buyer.recency).length,
    f: 1 + beyond(buyer.frequency, cuts.f),
    m: 1 + beyond(buyer.money, cuts.m),
  }))
}

export function rfmPeopleReference(
  scored: readonly Scored[],
  question: Question,
  cell: Pick<RfmCell & { group?: string; r?: number; f?: number; m?: number }, 'group' | 'r' | 'f' | 'm'>,
): string[] {
  const groupOf = groupsOf(scored, question)
  const held = (one: Scored) =>
    cell.group !== undefined
      ? groupOf(one) === cell.group
      : (['r', 'f', 'm'] as const).every((key) => cell[key] === undefined || cell[key] === one[key])
  return scored
    .filter(held)
    .map(({ person }) => person)
    .sort()
}

/** The name of everybody's group, by what is high among all. */
export function groupsOf(scored: readonly Scored[], { high }: Question): (one: Scored) => string {
  const sums = { r: 0, f: 0, m: 0 }
  for (const one of scored) for (const key of ['r', 'f', 'm'] as const) sums[key] += one[key]
  const isHigh = (one: Scored, key: 'r' | 'f' | 'm') =>
    high === 'mean' ? one[key] * scored.length > sums[key] : one[key] >= high
  return (one) => names[(['r', 'f', 'm'] as const).map((key) => +isHigh(one, key)).join('')] as string
}

/** Who was in which group before and is in which now, ids of people by both; nothing: did not order then. */
export function movesReference(
  now: readonly Scored[],
  before: readonly Scored[],
  question: Question,
  earlier: Question,
) {
  const placesOf = (scored: readonly Scored[], asked: Question) => {
    const groupOf = groupsOf(scored, asked)
    return new Map(scored.map((one) => [one.person, groupOf(one)]))
  }
  const [to, from] = [placesOf(now, question), placesOf(before, earlier)]
  const everybody = [...new Set([...to.keys(), ...from.keys()])].sort()
  return Map.groupBy(everybody, (person) =>
    JSON.stringify({ from: from.get(person) ?? null, to: to.get(person) ?? null }),
  )
}

/** By high recency, frequency, money. */
const names: Record<string, string> = {
  ...{ '111': 'champions', '101': 'promising', '011': 'cannot_lose', '001': 'lost_valuable' },
  ...{ '110': 'loyal', '100': 'new', '010': 'fading', '000': 'dormant' },
}

function buyersOf(world: World, question: Question): Buyer[] {
  const asOf = question.as_of ?? question.range.to
  const to = [asOf, question.range.to].sort()[0] as string
  const events = told(world, question.audience).filter(
    (one) => isWithin(one, question.range.from, to, world.zone) && isChosen(one, question.event),
  )
  const buyers: Buyer[] = []
  for (const [person, own] of Map.groupBy(events, (one) => one.person)) {
    const seen = new Set<string>()
    const orders = own.filter(({ props, messageId }) => {
      const id = props[question.order_id]
      const key = id === undefined || id === '' ? `event ${messageId}` : `order ${id}`
      if (seen.has(key)) return false
      seen.add(key)
      return true
    })
    const days = orders.map((one) => dayOf(one, world.zone))
    const last = days.sort().at(-1) as string
    const numbers = orders.flatMap(({ props }) => numbersIn(props[question.amount]))
    buyers.push({
      person,
      recency: (Date.parse(asOf) - Date.parse(last)) / 86_400_000,
      frequency: orders.length,
      money: numbers.reduce((sum, one) => sum + Math.round(one * 1e6), 0),
    })
  }
  return buyers
}

function cutsOf(
  buyers: readonly Buyer[],
  key: 'recency' | 'frequency' | 'money',
  { method, bins }: Question,
  fixed: number[] | undefined,
): number[] {
  if (method === 'fixed') return fixed ?? []
  const values = buyers.map((one) => one[key]).sort((a, b) => a - b)
  const cuts: number[] = []
  for (let k = 1; k < bins; k++) {
    // The smallest value that at least k of `bins` parts do not exceed.
    const cut = values.find(
      (value) => values.filter((one) => one <= value).length * bins >= k * values.length,
    )
    if (cut !== undefined) cuts.push(cut)
  }
  return cuts
}
