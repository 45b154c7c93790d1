import type { Rule } from '#modules/rules/contract.ts'

/** A name a template needs: what it may be called, likeliest first. */
export type Blank = {
  key: string
  kind: 'event' | 'attribute' | 'property'
  /** Of a property: the blank of its event. */
  of?: string
  candidates: readonly string[]
}
export type Filled = Readonly<Record<string, string>>
export type Template = {
  id: TemplateId
  blanks: readonly Blank[]
  rule(names: Filled): Rule
}

export const templateIds = [
  'new',
  'active',
  'dormant',
  'oneTime',
  'repeat',
  'highValue',
  'cart',
  'viewedNotBought',
  'refundRisk',
  'trialUnpaid',
  'trialMissed',
  'birthday',
] as const
export type TemplateId = (typeof templateIds)[number]

const event = (key: string, ...candidates: string[]): Blank => ({ key, kind: 'event', candidates })
const signUp = event('signUp', 'Signed Up', 'Account Created', 'Lead Form Submitted', '注册', '注册成功')
const active = event(
  'active',
  'App Opened',
  'Signed In',
  'Application Opened',
  'Page Viewed',
  'Login',
  '登录',
  '打开应用',
)
const order = event('order', 'Order Completed', 'Purchase', 'Payment Succeeded', '支付订单', '下单成功')
const refund = event('refund', 'Order Refunded', 'Refund', '退款', '申请退款')
const added = event('added', 'Product Added', 'Added to Cart', 'Checkout Started', '加入购物车')
const viewed = event('viewed', 'Product Viewed', 'Course Viewed', 'Item Viewed', '浏览商品', '查看课程')
const booked = event('booked', 'Trial Booked', 'Demo Booked', '预约试听', '预约试用')
const attended = event('attended', 'Trial Attended', 'Trial Started', '试听到课', '开始试用')
const revenue: Blank = {
  key: 'revenue',
  kind: 'property',
  of: 'order',
  candidates: ['revenue', 'total', 'amount', 'value', '实付金额', '金额'],
}
const birthday: Blank = {
  key: 'birthday',
  kind: 'attribute',
  candidates: ['birthday', 'birthdate', 'birth_date', 'date_of_birth', '生日', '出生日期'],
}

const days = (last: number) => ({ last, unit: 'day' as const })
const at = (names: Filled, blank: Blank): string => names[blank.key] ?? ''

/** Ordinary rules to begin with; every name in them is one the workspace has. */
export const templates: readonly Template[] = [
  { id: 'new', blanks: [signUp], rule: (n) => ({ all: [{ event: at(n, signUp), within: days(7) }] }) },
  { id: 'active', blanks: [active], rule: (n) => ({ all: [{ event: at(n, active), within: days(7) }] }) },
  {
    id: 'dormant',
    blanks: [active],
    rule: (n) => ({
      all: [{ event: at(n, active) }, { not: { event: at(n, active), within: days(30) } }],
    }),
  },
  {
    id: 'oneTime',
    blanks: [order],
    rule: (n) => ({
      all: [
        { event: at(n, order), count: { op: 'eq', value: 1 } },
        { not: { event: at(n, order), within: days(60) } },
      ],
    }),
  },
  {
    id: 'repeat',
    blanks: [order],
    rule: (n) => ({ all: [{ event: at(n, order), count: { op: 'gte', value: 2 }, within: days(365) }] }),
  },
  {
    id: 'highValue',
    blanks: [order, revenue],
    rule: (n) => ({
      all: [
        {
          event: at(n, order),
          agg: { fn: 'sum', prop: at(n, revenue), op: 'gte', value: 5000 },
          within: days(365),
        },
      ],
    }),
  },
  {
    id: 'cart',
    blanks: [added, order],
    rule: (n) => ({
      all: [
        {
          sequence: [{ event: at(n, added) }, { not_event: at(n, order) }],
          within: days(7),
          gap: { value: 1, unit: 'day' },
        },
      ],
    }),
  },
  {
    id: 'viewedNotBought',
    blanks: [viewed, order],
    rule: (n) => ({
      all: [
        { event: at(n, viewed), count: { op: 'gte', value: 3 }, within: days(14) },
        { not: { event: at(n, order), within: days(14) } },
      ],
    }),
  },
  {
    id: 'refundRisk',
    blanks: [order, refund, active],
    rule: (n) => ({
      all: [
        { event: at(n, order), within: days(90) },
        {
          any: [
            { event: at(n, refund), within: days(365) },
            { not: { event: at(n, active), within: days(14) } },
          ],
        },
      ],
    }),
  },
  {
    id: 'trialUnpaid',
    blanks: [attended, order],
    rule: (n) => ({ all: [{ event: at(n, attended), within: days(30) }, { not: { event: at(n, order) } }] }),
  },
  {
    id: 'trialMissed',
    blanks: [booked, attended],
    rule: (n) => ({
      all: [
        {
          sequence: [{ event: at(n, booked) }, { not_event: at(n, attended) }],
          within: days(30),
          gap: { value: 7, unit: 'day' },
        },
      ],
    }),
  },
  {
    id: 'birthday',
    blanks: [birthday],
    rule: (n) => ({ all: [{ attr: at(n, birthday), op: 'this_month' }] }),
  },
]

/** Names there are, of each kind; properties by the event they are on. */
export type Known = {
  events: readonly string[]
  attributes: readonly string[]
  properties: (event: string) => readonly string[]
}

/** Blanks filled with names the workspace has; spelling and spaces do not matter. */
export function fillBlanks(template: Template, known: Known, chosen: Filled = {}): Filled {
  const filled: Record<string, string> = {}
  for (const blank of template.blanks) {
    const names = namesFor(blank, known, filled)
    const wanted = [chosen[blank.key], ...blank.candidates].filter((name) => name !== undefined)
    const found = wanted.flatMap((name) => names.find((one) => plain(one) === plain(name)) ?? [])[0]
    if (found !== undefined) filled[blank.key] = found
  }
  return filled
}

export function namesFor(blank: Blank, known: Known, filled: Filled): readonly string[] {
  if (blank.kind === 'event') return known.events
  if (blank.kind === 'attribute') return known.attributes
  const of = filled[blank.of ?? '']
  return of === undefined ? [] : known.properties(of)
}

export const isFilled = (template: Template, filled: Filled): boolean =>
  template.blanks.every((blank) => filled[blank.key] !== undefined)

const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]+/g, '')
