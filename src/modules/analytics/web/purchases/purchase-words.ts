import { defineWords } from '#ui/i18n.ts'

export const purchaseWords = defineWords('purchases', {
  zh: {
    source: '订单来源',
    'source.facts': '按订单',
    'source.event': '按事件',
    buys: '下单事件',
    orderId: '订单号属性',
    amount: '金额属性',
    startBy: '从何时算起',
    'startBy.order': '按首次下单分组',
    'startBy.event': '按起始事件分组',
    begins: '起始事件',
    currency: '币种',
    noCurrency: '未标币种',
    others: '只计{{currency}}订单；另有 {{others}}，不同币种不相加。',
    ordersIn: '{{currency}} {{count}} 单',
    notePaid: '订单取自订单数据：金额大于 0 且未取消的才算，退款后仍算一单；同一订单号只计一次。',
    noteEvents: '选“按事件”时，每个客户同一订单号只计最早的一次；没有订单号的每次各算一单。',
    noteParts:
      '细分取把客户放进该组的那一单（或起始事件）的属性，或客户现在的属性；每人只属一个取值，各取值相加等于全部。对比期用同样的取值。',
  },
  en: {
    source: 'Where orders come from',
    'source.facts': 'Orders',
    'source.event': 'An event',
    buys: 'Event of an order',
    orderId: 'Property with the order id',
    amount: 'Property with the amount',
    startBy: 'Who is in a cohort',
    'startBy.order': 'By the first order',
    'startBy.event': 'By a first event',
    begins: 'Event that begins',
    currency: 'Currency',
    noCurrency: 'no currency said',
    others: 'Only orders in {{currency}}; besides there are {{others}}. Currencies are never added together.',
    ordersIn: '{{count}} in {{currency}}',
    notePaid:
      'Orders come from the order facts: those with an amount that were not cancelled; one that was refunded still is an order. The same order id counts once.',
    noteEvents:
      'By an event: of a person’s events with one order id the first counts; without an order id each is an order.',
    noteParts:
      'Broken down by values of the order (or event) that puts somebody into a cohort, or by attributes as they are now: everybody has one value, and the parts add up. The period compared has the same values.',
  },
})
