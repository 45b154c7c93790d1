import { expect, test } from 'vitest'
import { titlesIn } from './event-titles.ts'

const data = {
  events: [{ name: 'Order Completed', zh: '支付订单', en: '', spelled: 'zhifudingdan\nzfdd' }],
  properties: [
    { event: '', path: 'total', zh: '总额', en: 'Total', spelled: 'zonge\nze' },
    { event: 'Order Refunded', path: 'total', zh: '退款金额', en: '', spelled: 'tuikuanjine\ntkje' },
  ],
}

test('an event is called by its name of the language, else by its own; a property of the event before that of all', () => {
  const [zh, en] = [titlesIn(data, 'zh'), titlesIn(data, 'en')]
  expect([zh.event('Order Completed'), en.event('Order Completed'), zh.event('Other')]).toEqual([
    '支付订单',
    'Order Completed',
    'Other',
  ])
  expect(zh.property('Order Refunded', 'total')).toBe('退款金额')
  expect(zh.property('Order Completed', 'total')).toBe('总额')
  // A name in the other language is none: the common word is nearer.
  expect(en.property('Order Refunded', 'total')).toBe('Total')
  expect(en.property('Order Completed', 'sku')).toBe('sku')
  expect(en.eventAlias('Order Completed')).toContain('zfdd')
  expect(titlesIn(data, 'zh')).toBe(zh)
})
