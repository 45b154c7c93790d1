import { shanghaiDate, waveAt } from './calendar.ts'
import type { Person, Story } from './cast-person.ts'
import { type Course, coursesFor, productFields } from './catalogue.ts'
import type { Fields } from './message.ts'
import { between, chance, pick, type Random } from './random.ts'

export type Purchase = {
  orderId: string
  lines: readonly { course: Course; quantity: number }[]
  subtotal: number
  coupon?: string
  discount: number
  /** What the customer paid, CNY. */
  paid: number
}

type Wish = { person: Person; at: number; course: Course; round: number }

export function makePurchase(r: Random, story: Story, wish: Wish): Purchase {
  const { person, at, course, round } = wish
  const lines = linesOf(r, person, course)
  const subtotal = lines.reduce((sum, line) => sum + line.course.price * line.quantity, 0)
  const wave = waveAt(story.calendar, at)
  const loyal = round > 0 && chance(r, 0.5)
  const coupon = loyal
    ? 'LAOYOU10'
    : wave && subtotal > wave.off * 2 && chance(r, 0.7)
      ? wave.coupon
      : undefined
  const discount = loyal ? Math.round(subtotal * 0.1) : coupon && wave ? wave.off : 0
  const orderId = `QH${shanghaiDate(at).replaceAll('-', '')}${String(person.index).padStart(7, '0')}${round}`
  return { orderId, lines, subtotal, coupon, discount, paid: subtotal - discount }
}

/** One in ten takes a second course along; companies buy seats. */
function linesOf(r: Random, person: Person, course: Course): Purchase['lines'] {
  const first = { course, quantity: person.audience === 'company' ? between(r, 2, 12) : 1 }
  const other = pick(r, coursesFor[person.audience])
  return other !== course && chance(r, 0.1) ? [first, { course: other, quantity: 1 }] : [first]
}

export function productsOf(purchase: Purchase): Fields[] {
  return purchase.lines.map(({ course, quantity }, i) => ({
    ...productFields(course),
    quantity,
    position: i + 1,
  }))
}

/** Properties of Checkout Started, Order Completed and Order Cancelled after Segment's e-commerce spec. */
export function orderFields(purchase: Purchase): Fields {
  return {
    order_id: purchase.orderId,
    checkout_id: `co_${purchase.orderId.slice(2)}`,
    affiliation: '青禾在线',
    subtotal: purchase.subtotal,
    total: purchase.paid,
    revenue: purchase.paid,
    shipping: 0,
    tax: 0,
    discount: purchase.discount,
    coupon: purchase.coupon,
    currency: 'CNY',
    products: productsOf(purchase),
  }
}

/** Everything back within the first two lessons, after that the price of the lessons not yet given. */
export function refundFields(purchase: Purchase, lessonsTaken: number): Fields {
  const isFull = lessonsTaken <= 2
  const first = purchase.lines[0]
  const left = first ? 1 - lessonsTaken / first.course.lessons : 0
  const total = isFull
    ? purchase.paid
    : Math.round(Math.min(purchase.paid, (first?.course.price ?? 0) * left))
  const products = productsOf(purchase)
  return {
    order_id: purchase.orderId,
    total,
    currency: 'CNY',
    refund_type: isFull ? 'full' : 'partial',
    reason: isFull ? '不适合' : '时间冲突',
    products: isFull ? products : products.slice(0, 1),
  }
}
