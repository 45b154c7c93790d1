import { productFields } from './catalogue.ts'
import type { Chapter } from './plan-life.ts'
import { orderFields, productsOf, refundFields } from './purchase.ts'
import { chance, pick } from './random.ts'
import { isSignedIn, pause, type Stage, sayIdentify, sayTrack } from './stage.ts'

export function playOrder(stage: Stage, chapter: Chapter): void {
  const { purchase, course, no } = chapter
  if (!purchase) return
  const path = `/course/${course.slug}`
  sayTrack(stage, 'Product Viewed', { ...productFields(course), currency: 'CNY' }, path, course.name)
  pause(stage, 60)
  for (const product of productsOf(purchase))
    sayTrack(stage, 'Product Added', { cart_id: cartId(stage), ...product }, path, course.name)
  pause(stage, 30)
  const order = orderFields(purchase)
  sayTrack(
    stage,
    'Checkout Started',
    { ...order, revenue: undefined, value: purchase.paid },
    '/checkout',
    '确认订单',
  )
  pause(stage, 70)
  const payment_method = pick(stage.r, ['wechat_pay', 'wechat_pay', 'alipay', 'bank_card', 'instalments'])
  sayTrack(
    stage,
    'Order Completed',
    { ...order, payment_method, is_renewal: no > 0 },
    '/checkout/done',
    '支付成功',
  )
  if (isSignedIn(stage))
    sayIdentify(stage, { plan: no > 0 ? 'renewed' : 'student', vip: purchase.paid >= 5000 })
}

/** A cart that stays behind. */
export function playAbandon(stage: Stage, chapter: Chapter): void {
  const { course } = chapter
  const products = [{ ...productFields(course), quantity: 1, position: 1 }]
  sayTrack(
    stage,
    'Product Viewed',
    { ...productFields(course), currency: 'CNY' },
    `/course/${course.slug}`,
    course.name,
  )
  pause(stage, 80)
  sayTrack(
    stage,
    'Product Added',
    { cart_id: cartId(stage), ...productFields(course), quantity: 1 },
    `/course/${course.slug}`,
    course.name,
  )
  if (chance(stage.r, 0.35)) return
  pause(stage, 40)
  sayTrack(
    stage,
    'Checkout Started',
    { checkout_id: `co_${cartId(stage)}`, value: course.price, currency: 'CNY', products },
    '/checkout',
    '确认订单',
  )
}

export function playCancel(stage: Stage, chapter: Chapter): void {
  if (!chapter.purchase) return
  sayTrack(
    stage,
    'Order Cancelled',
    { ...orderFields(chapter.purchase), reason: pick(stage.r, ['买错课程', '想再看看', '家人不同意']) },
    '/orders',
  )
}

export function playRefund(stage: Stage, chapter: Chapter): void {
  if (!chapter.purchase) return
  sayTrack(stage, 'Order Refunded', refundFields(chapter.purchase, chapter.no), '/orders', '我的订单')
  if (isSignedIn(stage)) sayIdentify(stage, { plan: 'refunded' })
}

function cartId(stage: Stage): string {
  return `cart_${stage.person.index.toString(36)}`
}
