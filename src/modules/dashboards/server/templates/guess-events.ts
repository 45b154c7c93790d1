import type { EventRole } from '#modules/dashboards/contract/templates.ts'

/** Names by which companies call such an event, the likeliest first; then what such names have in common. */
const known: Record<EventRole, { names: readonly string[]; pattern: RegExp }> = {
  interest: {
    names: ['Product Viewed', 'Course Viewed', 'Pricing Viewed', 'Article Viewed'],
    pattern: /viewed$|^view |浏览|查看/i,
  },
  sign_up: {
    names: [
      'Signed Up',
      'Sign Up',
      'Account Created',
      'User Registered',
      'Registered',
      'Lead Form Submitted',
    ],
    pattern: /sign(ed)?[ _-]?up|regist(er|ration)|account[ _-]?created|lead|form[ _-]?submitted|注册|留资/i,
  },
  meeting: {
    names: ['Trial Booked', 'Demo Booked', 'Demo Requested', 'Meeting Booked', 'Trial Started'],
    pattern: /(trial|demo|meeting|appointment).*(book|request|start|schedul)|试听|试用|预约/i,
  },
  order: {
    names: [
      'Order Completed',
      'Order Paid',
      'Order Placed',
      'Purchase',
      'Purchased',
      'Paid',
      'Payment Succeeded',
    ],
    pattern: /order[ _-]?(completed|paid|placed)|purchas|payment[ _-]?succe|支付|付款|下单|成交/i,
  },
}

/** The likeliest event of a workspace for a role, or null where none looks like it. */
export function guessEvent(role: EventRole, names: readonly string[]): string | null {
  const { names: likely, pattern } = known[role]
  const byName = new Map(names.map((name) => [name.toLowerCase(), name]))
  for (const one of likely) {
    const found = byName.get(one.toLowerCase())
    if (found !== undefined) return found
  }
  return names.find((name) => pattern.test(name)) ?? null
}

const amounts = ['revenue', 'total', 'amount', 'value', 'price', '金额', '实付金额']
const channels = ['channel', 'utm_source', 'source', 'campaign', '渠道', '来源']

type Property = { path: string; type: string }
/** What an order is worth. */
export const guessAmount = (properties: readonly Property[]): string | undefined =>
  amounts.find((name) => properties.some(({ path, type }) => path === name && type === 'number'))
/** Where somebody came from. */
export const guessChannel = (properties: readonly Property[]): string | undefined =>
  channels.find((name) => properties.some(({ path }) => path === name))
