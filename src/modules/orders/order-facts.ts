import { crc32 } from 'node:zlib'
import type { StoredEvent } from '#slots/event-projection.ts'

type Json = Record<string, unknown>
export type FactType = 'sale' | 'refund' | 'cancel'

export type OrderFact = {
  orderId: string
  type: FactType
  report: string
  line: string
  unit: number
  time: number
  /** Minor units (fen, cents), negative for what goes back. */
  amount: number
  quantity: number
  currency: string
  productId: string
  product: string
  category: string
  coupon: string
  reason: string
  version: number
}

const typeOfEvent: Record<string, FactType> = {
  'Order Completed': 'sale',
  'Order Updated': 'sale',
  'Order Refunded': 'refund',
  'Order Cancelled': 'cancel',
}

/** Names of the events that make facts. */
export const orderEvents: readonly string[] = Object.keys(typeOfEvent)

/** Facts of one event; none when it is not about an order. Sums to the event's total exactly. */
export function orderFactsOf(event: StoredEvent): OrderFact[] {
  const type =
    event.type === 'track' && Object.hasOwn(typeOfEvent, event.name) ? typeOfEvent[event.name] : undefined
  if (!type) return []
  const properties = JSON.parse(event.propertiesText) as Json
  const orderId = text(properties.order_id ?? properties.orderId)
  if (orderId === '') return []
  const products = type === 'cancel' ? [] : productsOf(properties)
  const total = totalOf(type, properties, products)
  const sign = type === 'sale' ? 1 : -1
  const base = {
    orderId,
    type,
    report: type === 'sale' ? '' : text(properties.refund_id) || event.messageId,
    unit: event.unit,
    time: event.time,
    currency: text(properties.currency).toUpperCase(),
    coupon: text(properties.coupon),
    reason: text(properties.reason),
    version: versionOf(event),
  }
  const lines = products.map((product, at) => ({
    ...base,
    ...product,
    line: lineName(at),
    amount: sign * product.amount,
  }))
  const rest = total - products.reduce((sum, product) => sum + product.amount, 0)
  const remainder = { productId: '', product: '', category: '', quantity: 0 }
  return [...lines, { ...base, ...remainder, line: 'order', amount: sign * rest }]
}

type Product = { productId: string; product: string; category: string; quantity: number; amount: number }

function productsOf(properties: Json): Product[] {
  if (!Array.isArray(properties.products)) return []
  return properties.products.filter(isObject).map((one) => {
    const quantity = number(one.quantity) ?? 1
    return {
      productId: text(one.product_id ?? one.id ?? one.sku),
      product: text(one.name),
      category: text(one.category),
      quantity,
      amount: minor((number(one.price) ?? 0) * quantity),
    }
  })
}

function totalOf(type: FactType, properties: Json, products: readonly Product[]): number {
  const [revenue, total] = [number(properties.revenue), number(properties.total)]
  const said = type === 'sale' ? (revenue ?? total) : (total ?? revenue)
  return said === undefined
    ? products.reduce((sum, product) => sum + product.amount, 0)
    : minor(Math.abs(said))
}

/** Later event time wins; equal times are decided by the message id, so arrival order never is. */
function versionOf(event: StoredEvent): number {
  const tie = crc32(event.messageId) & 0xff
  return event.time * 256 + tie // below 2^53 until the year 3084
}

const lineName = (at: number) => String(at).padStart(4, '0')
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
