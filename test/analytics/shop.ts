import fc from 'fast-check'
import type { World } from '#test/analytics/journeys.ts'
import type { TestApp } from '#test/start-test-app.ts'
import type { Life } from './reference/purchases.ts'

/** What a shop reported, as it was sent. */
export type Report = {
  type: 'Order Completed' | 'Order Updated' | 'Order Refunded' | 'Order Cancelled'
  user: number
  order: string
  time: number
  messageId: string
  /** Minor units. */
  amount: number
  discount: number
  currency: string
  channel: string | undefined
  coupon: string
  reason: string
  products: { name: string; category: string; quantity: number; cents: number }[]
}
/** An order as it stands: whose it is, what it is worth, what went back of it. */
export type Order = {
  id: string
  person: string
  sale: Report
  back: { kind: 'refund' | 'cancel'; time: number; amount: number; currency: string; report: Report }[]
}
/** What went back of an order nobody reported: of whoever sent that. */
export type Orphan = Order['back'][number] & { id: string; person: string }
export type Shop = World & {
  reports: Report[]
  orders: Order[]
  orphans: Orphan[]
  personOf: Map<number, string>
}

const users = 24
const start = Date.UTC(2026, 0, 10)
const hours = 24 * 100

const anyReport = fc.record({
  type: fc.constantFrom<Report['type'][]>(
    ...([
      'Order Completed',
      'Order Completed',
      'Order Completed',
      'Order Updated',
      'Order Refunded',
    ] as const),
    ...(['Order Refunded', 'Order Cancelled'] as const),
  ),
  user: fc.nat({ max: users - 1 }),
  order: fc.nat({ max: 90 }),
  // Whole hours, so that many things happen at the same time.
  hour: fc.nat({ max: hours }),
  amount: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 99_999 })),
  discount: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5000 })),
  foreign: fc.nat({ max: 9 }),
  says: fc.boolean(),
  channel: fc.constantFrom('shop', 'app', '抖音', undefined),
  reason: fc.constantFrom('late', 'broken', ''),
  products: fc.array(
    fc.record({
      name: fc.constantFrom('Tea', 'Cup', '壶'),
      category: fc.constantFrom('drink', 'ware', ''),
      quantity: fc.integer({ min: 1, max: 3 }),
      cents: fc.integer({ min: 0, max: 5000 }),
    }),
    { maxLength: 3 },
  ),
  coupon: fc.constantFrom('', '', 'SPRING', '立减'),
})

/** A workspace with orders: revised, refunded in parts and more than once, cancelled, in two currencies, of merged people. */
export async function makeShop(app: TestApp, zone: string, { size = 320, seed = 11 } = {}): Promise<Shop> {
  const ws = await app.workspace()
  await ws.call('PATCH', '/api/workspace', { timezone: zone })
  const reports = fc
    .sample(anyReport, { numRuns: size, seed })
    .map(({ hour, order, foreign, says, ...one }, at): Report => {
      const isSale = one.type === 'Order Completed' || one.type === 'Order Updated'
      const currency = order % 10 === 3 ? 'USD' : 'CNY'
      return {
        ...one,
        // Revisions of one order at one moment are decided by a checksum: a minute apart there is nothing to decide.
        time: start + hour * 3_600_000 + (isSale ? at * 60_000 : 0),
        order: `o${order}`,
        currency: isSale || says ? (foreign === 0 && !isSale ? 'USD' : currency) : '',
        messageId: `r${at}`,
      }
    })
  const messages = reports.map((report) => ({
    type: 'track',
    event: report.type,
    userId: `u${report.user}`,
    messageId: report.messageId,
    timestamp: new Date(report.time).toISOString(),
    properties: {
      ...{ order_id: report.order, revenue: report.amount / 100, discount: report.discount / 100 },
      ...{ currency: report.currency, channel: report.channel, reason: report.reason, coupon: report.coupon },
      products: report.products.map(({ cents, ...product }) => ({ ...product, price: cents / 100 })),
    },
  }))
  const people = Array.from({ length: users }, (_, user) => ({
    ...{
      type: 'identify',
      userId: `u${user}`,
      messageId: `i${user}`,
      timestamp: new Date(start).toISOString(),
    },
    traits: { city: ['北京', 'Delhi'][user % 2] },
  }))
  await ws.send(...people)
  for (let at = 0; at < messages.length; at += 100) await ws.send(...messages.slice(at, at + 100))
  await ws.send(...messages.filter((_, at) => at % 9 === 0))
  await ws.settled()
  type Person = {
    id: string
    attributes: Record<string, unknown>
    tags: string[]
    firstSeen: string
    identifiers: { value: string }[]
  }
  const list = async () => (await ws.call<{ items: Person[] }>('GET', '/api/profiles?limit=1000')).body.items
  const found = await list()
  const idOf = (user: number) =>
    found.find(({ identifiers }) => identifiers.some(({ value }) => value === `u${user}`))?.id
  for (const [kept, gone] of [
    [0, 1],
    [2, 3],
  ] as const)
    await ws.call('POST', `/api/profiles/${idOf(kept)}/merge`, { with: idOf(gone) })
  await ws.settled()
  const personOf = new Map<number, string>()
  const world: World['people'] = new Map()
  for (const { id, identifiers, attributes, tags, firstSeen } of await list()) {
    world.set(id, { attrs: attributes, tags, firstSeen })
    for (const { value } of identifiers) if (/^u\d+$/.test(value)) personOf.set(Number(value.slice(1)), id)
  }
  const events = reports.map((report, at) => ({
    ...{ person: personOf.get(report.user) ?? '', event: report.type, time: report.time },
    ...{ messageId: report.messageId, props: messages[at]?.properties as Record<string, unknown> },
  }))
  const orders = ordersOf(reports, personOf)
  return { ws, zone, events, people: world, reports, personOf, orders, orphans: orphansOf(reports, personOf) }
}

function ordersOf(reports: readonly Report[], personOf: ReadonlyMap<number, string>): Order[] {
  return [...Map.groupBy(reports, ({ order }) => order)].flatMap(([id, own]) => {
    const sorted = own.toSorted((a, b) => a.time - b.time || (a.messageId < b.messageId ? -1 : 1))
    const sale = sorted.findLast(({ type }) => type === 'Order Completed' || type === 'Order Updated')
    if (!sale) return []
    const refunds = sorted.filter(({ type }) => type === 'Order Refunded')
    const inCurrency = (report: Report) => report.currency || sale.currency
    const refunded = refunds
      .filter((report) => inCurrency(report) === sale.currency)
      .reduce((sum, { amount }) => sum + amount, 0)
    const back: Order['back'] = refunds.map((report) => ({
      ...{ kind: 'refund', time: report.time, amount: report.amount, currency: inCurrency(report), report },
    }))
    const cancel = sorted.find(({ type }) => type === 'Order Cancelled')
    if (cancel) {
      const amount = Math.max(0, sale.amount - refunded)
      back.push({ kind: 'cancel', time: cancel.time, amount, currency: inCurrency(cancel), report: cancel })
    }
    return [{ id, person: personOf.get(sale.user) ?? '', sale, back }]
  })
}

function orphansOf(reports: readonly Report[], personOf: ReadonlyMap<number, string>): Orphan[] {
  return [...Map.groupBy(reports, ({ order }) => order)].flatMap(([id, own]) => {
    if (own.some(({ type }) => type === 'Order Completed' || type === 'Order Updated')) return []
    const sorted = own.toSorted((a, b) => a.time - b.time || (a.messageId < b.messageId ? -1 : 1))
    const cancel = sorted.find(({ type }) => type === 'Order Cancelled')
    return sorted
      .filter((report) => report.type === 'Order Refunded' || report === cancel)
      .map((report) => ({
        ...{ id, person: personOf.get(report.user) ?? '', report, time: report.time, amount: report.amount },
        ...{ kind: report === cancel ? ('cancel' as const) : ('refund' as const), currency: report.currency },
      }))
  })
}

/** Paid orders of each person, in one currency or any, and the refunds of these. */
export function livesOfShop(
  shop: Shop,
  currency: string | undefined,
  isMeant: (id: string) => boolean,
): Life[] {
  const paid = shop.orders.filter(
    ({ sale, back, person }) =>
      isMeant(person) &&
      sale.amount > 0 &&
      !back.some(({ kind }) => kind === 'cancel') &&
      (currency === undefined || sale.currency === currency),
  )
  const micro = (cents: number) => BigInt(cents) * 10_000n
  return [...Map.groupBy(paid, ({ person }) => person)].map(([person, own]) => ({
    person,
    orders: own
      .map(({ id, sale }) => ({
        ...{ order: id, time: sale.time, id: '', micro: micro(sale.amount) },
        props: shop.events.find(({ messageId }) => messageId === sale.messageId)?.props ?? {},
      }))
      .sort((a, b) => a.time - b.time || (a.order < b.order ? -1 : 1)),
    returned: own.flatMap(({ id, back }) =>
      back
        .filter((one) => currency === undefined || one.currency === currency)
        .map(({ time, amount }) => ({ order: id, time, id: '', micro: -micro(amount) })),
    ),
  }))
}
