import type { Rule } from '#modules/rules/contract.ts'

/** A made-up school's people: to look around with, marked as a sample. */
const names = [
  '李雯',
  '王强',
  '陈思远',
  '赵蕾',
  '周敏',
  '孙悦',
  '何静',
  '林清',
  '吴昊',
  '郑洁',
  'Anna Fox',
  'Ben Carter',
]
const cities = ['北京', '上海', '杭州', '成都', '武汉', '广州']
const levels = ['高意向', '中意向', '低意向']
const dayMs = 86_400_000

type Item = Record<string, unknown>

/** Logins of the made-up people, from 0. */
export const sampleUser = (at: number) => `sample_${at + 1}`
/** Whom the attribute of the sample marks. */
export const sampleRule = { all: [{ attr: 'sample', op: 'eq', value: true }] } satisfies Rule

/** As a file for the import wizard. Phones are of a range nobody is given. */
export function sampleFile(): string {
  const rows = names.map((name, i) =>
    [
      sampleUser(i),
      name,
      `1990000${String(1000 + i * 37)}`,
      `sample${i + 1}@example.com`,
      cities[i % 6],
      levels[i % 3],
    ].join(','),
  )
  return `\u{feff}${['用户ID,姓名,手机,邮箱,城市,意向', ...rows].join('\r\n')}\r\n`
}

/** As tracking calls: who they are, what they looked at over two weeks, and some orders. */
export function sampleBatch(now: number): Item[] {
  return names.flatMap((name, i) => {
    const userId = sampleUser(i)
    const at = (daysAgo: number, minutes: number) =>
      new Date(now - daysAgo * dayMs - minutes * 60_000).toISOString()
    const call = (type: string, key: string, timestamp: string, rest: Item) => ({
      ...{ type, userId, timestamp, messageId: `sample:${userId}:${key}` },
      ...rest,
    })
    const traits = {
      ...{
        name,
        email: `sample${i + 1}@example.com`,
        city: cities[i % 6],
        level: levels[i % 3],
        sample: true,
      },
    }
    const visits = Array.from({ length: 2 + (i % 5) }, (_, n) =>
      call('track', `view${n}`, at((i + n * 3) % 14, i * 7 + n), {
        event: 'Course Viewed',
        properties: { course: n % 2 ? '雅思冲刺班' : '托福基础班', price: n % 2 ? 1999 : 1599 },
      }),
    )
    const order = call('track', 'order', at(i % 9, i * 11), {
      event: 'Order Completed',
      properties: { order_id: `sample_order_${i + 1}`, revenue: 1999, currency: 'CNY' },
    })
    return [call('identify', 'who', at(14, i), { traits }), ...visits, ...(i % 3 === 0 ? [order] : [])]
  })
}
