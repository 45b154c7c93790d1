import type { OrderBy, OrderMeasures, OrdersQuestion } from '#modules/analytics/contract/orders.ts'
import type { Report, Shop } from '#test/analytics/shop.ts'
import { bucketName, compareText, isMeant, isWithin } from './select.ts'

type Question = OrdersQuestion & { range: { from: string; to: string } }
/** A line of an order, or of what went back of it: `placed` is when the order was, `at` when this was. */
type Piece = {
  kind: 'sale' | 'back'
  person: string
  order: string
  sold: boolean
  placed: number
  at: number
  money: number
  discount: number
  items: number
  by: string | null
}

type Value = string | null

/** The values shown by themselves: those that sold most in the range. */
export function rankedValues(shop: Shop, question: Question): Value[] {
  if (!question.breakdown?.length) return []
  const pieces = piecesOf(shop, question)
  const isIn = isInRange(shop, question)
  const values = [...new Set(pieces.filter((one) => isTold(one, isIn)).map(({ by }) => by))]
  const worth = (value: Value) =>
    pieces
      .filter(({ kind, placed, by }) => kind === 'sale' && isIn(placed) && by === value)
      .reduce((sum, { money }) => sum + money, 0)
  return values.toSorted((a, b) => worth(b) - worth(a) || compareText(a, b)).slice(0, question.top)
}

const isInRange =
  ({ zone }: Shop, { range }: Question) =>
  (time: number) =>
    isWithin({ time }, range.from, range.to, zone)
/** Whether a piece is in the answer at all, by either clock. */
const isTold = ({ sold, placed, at }: Piece, isIn: (time: number) => boolean) =>
  (sold && isIn(placed)) || isIn(at)

/** An order analysis by hand, with the ids of the people behind each number; `top` are the values shown. */
export function ordersReference(shop: Shop, question: Question, top = rankedValues(shop, question)) {
  const pieces = piecesOf(shop, question)
  const isIn = isInRange(shop, question)
  const isOf = (value: Value) => (one: Piece) =>
    value === '$other' ? !top.includes(one.by) : one.by === value
  const groups = (question.breakdown?.length ? [...top, '$other'] : [])
    .map((value) => ({ values: [value], meant: isOf(value) }))
    .filter(({ meant }) => pieces.some((one) => meant(one) && isTold(one, isIn)))
  const lineOf = (mine: readonly Piece[]) => {
    const ofBucket = (t: string | undefined) => {
      const is = (time: number) =>
        isIn(time) && (t === undefined || bucketName({ time }, question.interval, shop.zone) === t)
      return measure(
        mine.filter((one) => one.kind === 'sale' && is(one.placed)),
        mine.filter((one) => one.kind === 'back' && one.sold && is(one.placed)),
        mine.filter((one) => one.kind === 'back' && is(one.at)),
      )
    }
    return ofBucket
  }
  return {
    total: lineOf(pieces),
    lines: groups.map(({ values: breakdown, meant }) => ({ breakdown, of: lineOf(pieces.filter(meant)) })),
    returns: pieces.filter((one) => one.kind === 'back' && isIn(one.at)),
  }
}

function measure(sales: readonly Piece[], ofOrders: readonly Piece[], happened: readonly Piece[]) {
  const sum = (list: readonly Piece[], of: (one: Piece) => number) =>
    list.reduce((all, one) => all + of(one), 0)
  const [sold, discount] = [sum(sales, ({ money }) => money), sum(sales, (one) => one.discount)]
  const orders = new Set(sales.map(({ order }) => order)).size
  const [byOrder, byDate] = [sum(ofOrders, ({ money }) => -money), sum(happened, ({ money }) => -money)]
  const moved = ({ money }: Piece) => money !== 0
  const ids = (list: readonly Piece[]) => [...new Set(list.map(({ person }) => person))].sort()
  const numbers: OrderMeasures = {
    gross: (sold + discount) / 100,
    discount: discount / 100,
    sales: sold / 100,
    orders,
    buyers: new Set(sales.map(({ person }) => person)).size,
    items: sum(sales, ({ items }) => items),
    aov: orders === 0 ? null : sold / 100 / orders,
    order_refunds: byOrder / 100,
    orders_refunded: new Set(ofOrders.filter(moved).map(({ order }) => order)).size,
    net: (sold - byOrder) / 100,
    refunds: byDate / 100,
    cash: (sold - byDate) / 100,
  }
  return {
    numbers,
    people: {
      orders: ids(sales),
      order_refunds: ids(ofOrders.filter(moved)),
      refunds: ids(happened.filter(moved)),
    },
  }
}

function piecesOf(shop: Shop, { audience, currency = 'CNY', breakdown }: Question): Piece[] {
  const partOf = byOf(breakdown?.[0])
  const orphans = shop.orphans
    .filter((one) => isMeant(shop, one.person, audience) && one.currency === currency)
    .filter(({ kind, amount }) => kind === 'refund' || amount !== 0)
    .flatMap(({ id, person, kind, report, time, amount }): Piece[] =>
      linesOf(
        kind === 'cancel' ? { ...report, products: [] } : report,
        amount,
        -1,
        partOf(shop, person, report),
      ).map(
        (line): Piece => ({
          ...{ person, order: id, placed: time, sold: false, ...line },
          ...{ kind: 'back', at: time, discount: 0 },
        }),
      ),
    )
  const known = shop.orders
    .filter(({ person }) => isMeant(shop, person, audience))
    .flatMap((order): Piece[] => {
      const { sale } = order
      const value = partOf(shop, order.person, sale, sale)
      const mine = { person: order.person, order: order.id, placed: sale.time, sold: true }
      const sold = linesOf(sale, sale.amount, 1, value).map(
        (line, at, all): Piece => ({
          ...{ ...mine, ...line, kind: 'sale', at: sale.time },
          discount: at === all.length - 1 ? sale.discount : 0,
        }),
      )
      const back = order.back
        .filter((one) => one.currency === currency && (one.kind === 'refund' || one.amount !== 0))
        .flatMap((one): Piece[] => {
          const products = one.kind === 'cancel' ? { ...one.report, products: [] } : one.report
          return linesOf(products, one.amount, -1, value).map(
            (line): Piece => ({
              ...{ ...mine, ...line, kind: 'back', at: one.time, discount: 0 },
            }),
          )
        })
      return [...(sale.currency === currency ? sold : []), ...back]
    })
  return [...known, ...orphans]
}

/** By what an order is told apart: a value of the whole of it, or a name of each product. */
type By = { whole: Value } | { each: 'name' | 'category' }

const byOf =
  (by: OrderBy | undefined) =>
  (shop: Shop, person: string, report: Report, sale?: Report): By => {
    if (by === undefined) return { whole: null }
    if ('prop' in by) return { whole: sale?.channel || null }
    if ('attr' in by)
      return { whole: (shop.people.get(person)?.attrs[by.attr] as string | undefined) || null }
    if (by.order === 'coupon') return { whole: report.coupon || null }
    return { each: by.order === 'product' ? 'name' : 'category' }
  }

function linesOf(report: Report, amount: number, sign: 1 | -1, by: By) {
  const items = report.products.reduce((sum, { quantity }) => sum + quantity, 0)
  if ('whole' in by) return [{ money: sign * amount, items, by: by.whole }]
  const lines = report.products.map((one) => ({
    money: sign * one.cents * one.quantity,
    items: one.quantity,
    by: one[by.each] || null,
  }))
  const rest = amount - report.products.reduce((sum, { cents, quantity }) => sum + cents * quantity, 0)
  return [...lines, { money: sign * rest, items: 0, by: null }]
}
