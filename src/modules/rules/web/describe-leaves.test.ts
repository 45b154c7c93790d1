import { expect, test } from 'vitest'
import type { Rule } from '../contract.ts'
import { describeLines, describeRule } from './describe-rule.ts'
import { ruleWords } from './rule-words.ts'

/** The words without i18next: `{{name}}` filled in. */
const say =
  (texts: Record<string, string>) =>
  (key: string, values: Record<string, unknown> = {}) =>
    (texts[key] ?? key).replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]))
const zh = say(ruleWords.zh)
const en = say(ruleWords.en as Record<string, string>)
const names = {
  attribute: (name: string) => name,
  segment: () => 'VIP',
  owner: (id: string) => (id === 'm1' ? '王强' : id),
  department: () => '华东',
  list: (id: string) => (id === 'l' ? 'Fair' : undefined),
}

/** How every kind of leaf, and every part of one, reads. */
const sentences: [Rule, zh: string, en: string][] = [
  [{ attr: 'city', op: 'eq', value: 'Beijing' }, 'city 等于「Beijing」', 'city is “Beijing”'],
  [{ attr: 'age', op: 'between', value: [18, 30] }, 'age 介于 18 – 30', 'age between 18 – 30'],
  [{ not: { attr: 'age', op: 'gte', value: 18 } }, '不满足 age ≥ 18', 'Not: age ≥ 18'],
  [{ attr: 'mail', op: 'not_exists' }, 'mail 没有值', 'mail has no value'],
  [{ tag: 'hot' }, '有标签「hot」', 'Has tag “hot”'],
  [{ not: { tag: 'hot' } }, '没有标签「hot」', 'Has not tag “hot”'],
  [{ owner: { me: true } }, '负责人是我', 'Owner is me'],
  [{ owner: { in: ['m1', 'm2'] } }, '负责人是 王强、m2', 'Owner is 王强, m2'],
  [{ not: { owner: { departments: ['d1'] } } }, '负责人不在部门 华东', 'Owner not in department 华东'],
  [{ owner: { nobody: true } }, '没有负责人', 'Has no owner'],
  [{ not: { owner: { nobody: true } } }, '有负责人', 'Has an owner'],
  [
    { consent: { channel: 'email', topic: 'news', is: 'granted' } },
    'email「news」已同意',
    'email “news”: granted',
  ],
  [
    { not: { consent: { channel: 'sms', topic: 'x', is: 'unknown' } } },
    'sms「x」不是“从未表态”',
    'sms “x”: not “never said”',
  ],
  [{ reachable: { channel: 'email' } }, '可通过email触达', 'Reachable by email'],
  [
    { not: { reachable: { channel: 'email', topic: 'news' } } },
    '不可通过email触达（news）',
    'Not reachable by email about “news”',
  ],
  [{ segment: 's' }, '在分群「VIP」', 'In segment “VIP”'],
  [{ list: 'l' }, '在名单「Fair」', 'On list “Fair”'],
  [{ not: { list: 'l' } }, '不在名单「Fair」', 'Not on list “Fair”'],
  [{ list: 'snp_1' }, '在所选快照中', 'In the chosen snapshot'],
  [{ event: 'Paid' }, '做过「Paid」', 'Did “Paid”'],
  [
    { not: { event: 'Paid', within: { last: 1, unit: 'day' } } },
    '没做过「Paid」近 1 天',
    'Did not “Paid” in the last 1 day',
  ],
  [
    { event: 'Paid', count: { op: 'gte', value: 2 }, within: { from: '2026-01-01', to: '2026-02-01' } },
    '做过「Paid」≥ 2 次 2026-01-01 至 2026-02-01',
    'Did “Paid” ≥ 2 times 2026-01-01 to 2026-02-01',
  ],
  [{ event: 'Paid', count: { op: 'eq', value: 1 } }, '做过「Paid」= 1 次', 'Did “Paid” = 1 time'],
  [
    {
      event: 'Paid',
      where: [
        {
          any: [
            { prop: 'coupon', op: 'exists' },
            { prop: 'price', op: 'gt', value: 9 },
          ],
        },
      ],
    },
    '做过「Paid」其中（满足任一：coupon 有值、price 大于 9）',
    'Did “Paid” where (any of: coupon has a value, price more than 9)',
  ],
  [
    { event: 'Paid', agg: { fn: 'sum', prop: 'revenue', op: 'gt', value: 100 } },
    '做过「Paid」总和「revenue」大于 100',
    'Did “Paid” sum of “revenue” more than 100',
  ],
  [
    {
      sequence: [{ event: 'Cart', where: [{ prop: 'price', op: 'gt', value: 9 }] }, { not_event: 'Paid' }],
      within: { last: 7, unit: 'day' },
      gap: { value: 24, unit: 'hour' },
    },
    '依次「Cart」（price 大于 9）之后没有「Paid」每步间隔不超过 24 小时 近 7 天',
    'In this order “Cart” (price more than 9) then not “Paid” each step within 24 hours in the last 7 days',
  ],
  [{ company: {} }, '属于企业', 'Belongs to a company'],
  [{ not: { company: {} } }, '不属于企业', 'Belongs to no company'],
  [
    { not: { company: { where: [{ prop: 'industry', op: 'eq', value: 'Education' }] } } },
    '不属于企业：industry 等于「Education」',
    'Belongs to no company where industry is “Education”',
  ],
  [
    {
      company: {
        where: [
          { prop: 'industry', op: 'eq', value: 'Education' },
          { prop: 'seats', op: 'gte', value: 30 },
        ],
        title: { op: 'contains', value: 'buyer' },
        people: { op: 'gte', value: 5 },
        did: {
          event: 'Paid',
          where: [{ prop: 'price', op: 'gt', value: 9 }],
          count: { op: 'gte', value: 2 },
          within: { last: 30, unit: 'day' },
        },
      },
    },
    '属于企业：industry 等于「Education」，seats ≥ 30，职务 包含「buyer」，人数 ≥ 5，里面有人做过「Paid」≥ 2 次 近 30 天 其中 price 大于 9',
    'Belongs to a company where industry is “Education”, seats ≥ 30, job title contains “buyer”, people ≥ 5, somebody in it did “Paid” ≥ 2 times in the last 30 days where price more than 9',
  ],
  [{ household: {} }, '在家庭中', 'In a household'],
  [{ not: { household: {} } }, '不在家庭中', 'In no household'],
  [{ household: { role: 'guardian' } }, '在家庭中（作为家长）', 'In a household as parent'],
  [{ household: { role: 'other' } }, '在家庭中（作为其他成员）', 'In a household as other member'],
  [
    { not: { household: { role: 'student', people: { op: 'eq', value: 2 } } } },
    '不在家庭中（作为学员）：人数 = 2',
    'In no household as student where people = 2',
  ],
  [
    { household: { role: 'guardian', did: { event: 'Trial' } } },
    '在家庭中（作为家长）：里面有人做过「Trial」',
    'In a household as parent where somebody in it did “Trial”',
  ],
]

for (const [rule, chinese, english] of sentences)
  test(english, () => {
    expect(describeRule(rule, zh, names)).toBe(chinese)
    expect(describeRule(rule, en, names)).toBe(english)
  })

test('attributes of companies have their names, in groups, too', () => {
  const named = { ...names, companyAttribute: (name: string) => `*${name}` }
  const where = [
    { prop: 'a', op: 'exists' as const },
    {
      any: [
        { prop: 'b', op: 'exists' as const },
        { prop: 'c', op: 'exists' as const },
      ],
    },
  ]
  expect(describeRule({ company: { where } }, en, named)).toBe(
    'Belongs to a company where *a has a value, (any of: *b has a value, *c has a value)',
  )
})

test('the outermost conditions read as lines of their own', () => {
  const rule: Rule = { all: [{ tag: 'a' }, { any: [{ tag: 'b' }, { tag: 'c' }] }] }
  expect(describeLines(rule, en, names)).toEqual(['Has tag “a”', '(any of: Has tag “b”; Has tag “c”)'])
  expect(describeLines({ all: [] }, en, names)).toEqual([en('everyone')])
  expect(describeLines({ tag: 'a' }, en, names)).toEqual(['Has tag “a”'])
})
