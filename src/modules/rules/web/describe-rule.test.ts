import { expect, test } from 'vitest'
import type { Rule } from '../contract.ts'
import { describeRule } from './describe-rule.ts'
import { ruleWords } from './rule-words.ts'

/** The words without i18next: `{{name}}` filled in. */
const say =
  (texts: Record<string, string>) =>
  (key: string, values: Record<string, unknown> = {}) =>
    (texts[key] ?? key).replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]))
const names = { attribute: (name: string) => (name === 'city' ? '城市' : name), segment: () => '已流失' }

const rule: Rule = {
  all: [
    { attr: 'city', op: 'in', value: ['北京', '上海'] },
    {
      event: '支付订单',
      count: { op: 'gte', value: 2 },
      within: { last: 30, unit: 'day' },
      where: [{ prop: '金额', op: 'gte', value: 100 }],
    },
    { not: { segment: 'seg_1' } },
    { any: [{ tag: '高意向' }, { not: { event: '退款' } }] },
  ],
}

test('a rule reads as a sentence in both languages', () => {
  expect(describeRule(rule, say(ruleWords.zh), names)).toBe(
    '城市 是其中之一 北京、上海；做过「支付订单」≥ 2 次 近 30 天 其中 金额 ≥ 100；不在分群「已流失」；（满足任一：有标签「高意向」；没做过「退款」）',
  )
  expect(
    describeRule(
      { not: { any: [{ tag: 'a' }, { tag: 'b' }] } },
      say(ruleWords.en as Record<string, string>),
      names,
    ),
  ).toBe('none of: Has tag “a”; Has tag “b”')
})

test('groups of restrictions are told, too', () => {
  const where: Rule = {
    event: 'Order Completed',
    where: [
      { prop: 'revenue', op: 'gt', value: 0 },
      {
        any: [{ prop: 'coupon', op: 'eq', value: 'D11' }, { not: { prop: 'discount', op: 'lt', value: 9 } }],
      },
    ],
  }
  expect(describeRule(where, say(ruleWords.zh), names)).toBe(
    '做过「Order Completed」其中 revenue 大于 0、（满足任一：coupon 等于「D11」、（全都不满足：discount 小于 9））',
  )
})

test('companies and households are told', () => {
  const both: Rule = {
    all: [
      {
        company: {
          where: [{ prop: 'industry', op: 'eq', value: '教育' }],
          people: { op: 'gte', value: 5 },
          did: { event: 'Order Completed', within: { last: 30, unit: 'day' } },
        },
      },
      { not: { household: { role: 'student' } } },
    ],
  }
  expect(describeRule(both, say(ruleWords.zh), names)).toBe(
    '属于企业：industry 等于「教育」，人数 ≥ 5，里面有人做过「Order Completed」近 30 天；不在家庭中（作为学员）',
  )
})

test('a rule without conditions is everybody', () => {
  expect(describeRule({ all: [] }, say(ruleWords.zh), names)).toBe('所有人')
})
