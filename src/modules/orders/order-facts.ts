import { crc32 } from 'node:zlib'
import { flatten, toCanonicalJson } from '#modules/rules/index.ts'
import type { StoredEvent } from '#slots/event-projection.ts'

type Json = Record<string, unknown>
export type FactType = 'sale' | 'refund' | 'cancel'

/** What one event says of an order: a row that a later report of the same thing replaces as a whole. */
export type OrderReport = {
  orderId: string
  type: FactType
  report: string
  unit: number
  time: number
  /** Minor units (fen, cents), negative for what goes back. */
  amount: number
  /** Minor units, taken off before `amount`. */
  discount: number
  quantity: number
  currency: string
  coupon: string
  reason: string
  products: OrderProduct[]
  /** Properties of a sale in the form rules read, for breakdowns. */
  propsText: string
  version: number
}

/** Of a refund `amount` is negative. */
export type OrderProduct = { id: string; name: string; category: string; quantity: number; amount: number }

const typeOfEvent: Record<string, FactType> = {
  'Order Completed': 'sale',
  'Order Updated': 'sale',
  'Order Refunded': 'refund',
  'Order Cancelled': 'cancel',
}

/** Names of the events that make facts. */
export const orderEvents: readonly string[] = Object.keys(typeOfEvent)

/** The report of one event; none when it is not about an order. */
export function orderReportOf(event: StoredEvent): OrderReport | undefined {
  const type =
    event.type === 'track' && Object.hasOwn(typeOfEvent, event.name) ? typeOfEvent[event.name] : undefined
  if (!type) return undefined
  const properties = JSON.parse(event.propertiesText) as Json
  const orderId = text(properties.order_id ?? properties.orderId)
  if (orderId === '') return undefined
  const isSale = type === 'sale'
  const products = type === 'cancel' ? [] : productsOf(properties, isSale ? 1 : -1)
  const total = totalOf(type, properties, products)
  return {
    orderId,
    type,
    report: isSale ? '' : text(properties.refund_id) || event.messageId,
    unit: event.unit,
    time: event.time,
    amount: isSale ? total : -total || 0,
    discount: isSale ? minor(Math.abs(number(properties.discount) ?? 0)) : 0,
    quantity: products.reduce((sum, product) => sum + product.quantity, 0),
    currency: text(properties.currency).toUpperCase(),
    coupon: text(properties.coupon),
    reason: text(properties.reason),
    products,
    propsText: isSale ? propsOf(properties) : '{}',
    version: versionOf(event),
  }
}

function propsOf({ products: _, ...properties }: Json): string {
  return toCanonicalJson(flatten(properties))
}

function productsOf(properties: Json, sign: 1 | -1): OrderProduct[] {
  if (!Array.isArray(properties.products)) return []
  return properties.products.filter(isObject).map((one) => {
    const quantity = number(one.quantity) ?? 1
    return {
      id: text(one.product_id ?? one.id ?? one.sku),
      name: text(one.name),
      category: text(one.category),
      quantity,
      amount: sign * minor((number(one.price) ?? 0) * quantity) || 0,
    }
  })
}

function totalOf(type: FactType, properties: Json, products: readonly OrderProduct[]): number {
  const [revenue, total] = [number(properties.revenue), number(properties.total)]
  const said = type === 'sale' ? (revenue ?? total) : (total ?? revenue)
  return said === undefined
    ? (type === 'sale' ? 1 : -1) * products.reduce((sum, product) => sum + product.amount, 0)
    : minor(Math.abs(said))
}

/** Later event time wins; equal times are decided by the message id, so arrival order never is. */
function versionOf(event: StoredEvent): number {
  const tie = crc32(event.messageId) & 0xff
  return event.time * 256 + tie // below 2^53 until the year 3084
}

const minor = (amount: number) => Math.round(amount * 100)
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown): string =>
  typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''

function number(value: unknown): number | undefined {
  const parsed =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && value.trim() !== ''
        ? Number(value)
        : Number.NaN
  return Number.isFinite(parsed) && Math.abs(parsed) < 1e13 ? parsed : undefined
}
