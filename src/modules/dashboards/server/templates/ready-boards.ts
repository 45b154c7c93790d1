import type { EventRole, TemplateKey } from '#modules/dashboards/contract/templates.ts'
import { type Asked, funnel, lifecycle, retention, trend } from '#modules/dashboards/server/templates/ask.ts'

type Said = { zh: string; en: string }
/** The workspace's own events, and properties of the order and of signing up; undefined where there is none. */
export type Own = Partial<Record<EventRole, string>> & {
  amount?: string | undefined
  channel?: { event: string; prop: string } | undefined
}
export type ReadyTile = {
  name: Said
  w: number
  h: number
  kind: 'number' | 'analysis'
  show?: 'chart' | 'table'
  asked: Asked
}
export type ReadyBoard = {
  name: Said
  description: Said
  roles: readonly EventRole[]
  tiles: (own: Own) => ReadyTile[]
}

const number = (zh: string, en: string, asked: Asked): ReadyTile => ({
  ...{ name: { zh, en }, kind: 'number', w: 3, h: 4, asked },
})
const chart = (zh: string, en: string, w: number, asked: Asked): ReadyTile => ({
  ...{ name: { zh, en }, kind: 'analysis', show: 'chart', w, h: 8, asked },
})
const anything = { event: null }
const some = (...tiles: (ReadyTile | false | undefined | '')[]): ReadyTile[] =>
  tiles.filter((tile): tile is ReadyTile => Boolean(tile))

/** Each tile's name is the question it answers. What the workspace has no event for is left out. */
export const readyBoards: Record<TemplateKey, ReadyBoard> = {
  marketing: {
    name: { zh: '营销看板', en: 'Marketing' },
    description: {
      zh: '来了多少人、从哪里来、多少人留下联系方式并下单',
      en: 'How many come, where from, and how many sign up and buy',
    },
    roles: ['interest', 'sign_up', 'order'],
    tiles: ({ interest, sign_up, order, amount, channel }) =>
      some(
        number(
          '活跃客户',
          'Active people',
          trend([{ ...anything, math: 'people' }], { compare: 'previous' }),
        ),
        sign_up &&
          number('新线索', 'Sign-ups', trend([{ event: sign_up, math: 'people' }], { compare: 'previous' })),
        order &&
          number('下单人数', 'Buyers', trend([{ event: order, math: 'people' }], { compare: 'previous' })),
        order &&
          amount &&
          number(
            '销售额',
            'Revenue',
            trend([{ event: order, math: 'sum', prop: amount }], { compare: 'previous' }),
          ),
        chart(
          '每天有多少人来、多少人留资？',
          'How many come and sign up each day?',
          8,
          trend([{ ...anything, math: 'people' }, ...(sign_up ? [{ event: sign_up, math: 'people' }] : [])]),
        ),
        channel &&
          chart(
            '哪些渠道带来的人多？',
            'Which channels bring people?',
            4,
            trend([{ event: channel.event, math: 'people' }], {
              ...{ breakdown: [channel.prop], interval: 'week', shape: 'bar' },
            }),
          ),
        [interest, sign_up, order].filter(Boolean).length >= 2 &&
          chart(
            '从浏览到下单，人在哪一步流失？',
            'Where do people drop out on the way to an order?',
            6,
            funnel([interest, sign_up, order].flatMap((event) => (event ? [{ event }] : []))),
          ),
        sign_up &&
          chart(
            '留资的人后来还活跃吗？',
            'Do those who sign up stay?',
            6,
            retention({ event: sign_up }, anything),
          ),
      ),
  },
  management: {
    name: { zh: '经营看板', en: 'Management' },
    description: {
      zh: '每天早上先看：订单、销售额、活跃与留存',
      en: 'To begin the day with: orders, revenue, active people and who comes back',
    },
    roles: ['order'],
    tiles: ({ order, amount }) =>
      some(
        order &&
          amount &&
          number(
            '销售额',
            'Revenue',
            trend([{ event: order, math: 'sum', prop: amount }], { compare: 'previous' }),
          ),
        order && number('订单数', 'Orders', trend([{ event: order }], { compare: 'previous' })),
        order &&
          amount &&
          number(
            '客单价',
            'Average order',
            trend([{ event: order, math: 'avg', prop: amount }], { compare: 'previous' }),
          ),
        number(
          '活跃客户',
          'Active people',
          trend([{ ...anything, math: 'people' }], { compare: 'previous' }),
        ),
        order &&
          amount &&
          chart(
            '销售额和上一段时间比怎么样？',
            'How does revenue compare with the period before?',
            8,
            trend([{ event: order, math: 'sum', prop: amount }], { compare: 'previous' }),
          ),
        chart(
          '活跃客户在增长吗？',
          'Are active people growing?',
          order && amount ? 4 : 12,
          trend([
            { ...anything, math: 'dau' },
            { ...anything, math: 'wau' },
            { ...anything, math: 'mau' },
          ]),
        ),
        chart(
          '每周有多少人新来、回来、沉睡？',
          'Who is new, back or asleep each week?',
          6,
          lifecycle(anything),
        ),
        order
          ? chart('买过的人还会再来吗？', 'Do buyers come back?', 6, retention({ event: order }, anything))
          : chart('来过的人还会再来吗？', 'Do people come back?', 6, retention(anything, anything)),
      ),
  },
  sales: {
    name: { zh: '销售看板', en: 'Sales' },
    description: {
      zh: '新线索、预约与成交；跟进数据会随销售功能补充',
      en: 'New leads, meetings and orders; follow-up comes with the sales features',
    },
    roles: ['sign_up', 'meeting', 'order'],
    tiles: ({ sign_up, meeting, order, amount, channel }) =>
      some(
        sign_up &&
          number('新线索', 'New leads', trend([{ event: sign_up, math: 'people' }], { compare: 'previous' })),
        meeting && number('预约', 'Meetings', trend([{ event: meeting }], { compare: 'previous' })),
        order && number('成交单数', 'Orders', trend([{ event: order }], { compare: 'previous' })),
        order &&
          amount &&
          number(
            '成交额',
            'Revenue',
            trend([{ event: order, math: 'sum', prop: amount }], { compare: 'previous' }),
          ),
        [sign_up, meeting, order].filter(Boolean).length >= 2 &&
          chart(
            '线索走到了哪一步？',
            'How far do leads get?',
            6,
            funnel([sign_up, meeting, order].flatMap((event) => (event ? [{ event }] : []))),
          ),
        order &&
          chart(
            '每周成交多少单？',
            'How many orders each week?',
            6,
            trend([{ event: order }], {
              interval: 'week',
              compare: 'previous',
              shape: 'bar',
              range: { last: 90, unit: 'day' },
            }),
          ),
        channel && {
          ...chart(
            '哪个渠道的线索多？',
            'Which channel brings leads?',
            12,
            trend([{ event: channel.event, math: 'people' }], {
              breakdown: [channel.prop],
              interval: 'week',
            }),
          ),
        },
      ),
  },
}
