import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { Rule } from '../contract.ts'
import { flatten } from './canonical.ts'
import { compileMany } from './compile-many.ts'
import { compileRegex, matchesRegex } from './compile-regex.ts'
import type { BoundQuery } from './compile-rule.ts'
import { compileRule } from './compile-rule.ts'
import type { CompileEnv } from './sql-compilation.ts'
import { anyRule, eventNames } from './testing/generate-rules.ts'
import { openRuleDatabase } from './testing/rule-database.ts'

const db = openRuleDatabase()
afterAll(() => db.close())

const day = 86_400_000
const now = Date.UTC(2026, 2, 20, 12)
const segments: Record<string, Rule> = {
  seg_shanghai: { attr: 'city', op: 'eq', value: 'Shanghai' },
  seg_x: { any: [{ segment: 'seg_y' }, { tag: 'a' }] },
  seg_y: { not: { segment: 'seg_x' } },
}
const env: CompileEnv = {
  now,
  timezone: 'Asia/Shanghai',
  segments: (id) => segments[id],
  tagChildren: (tag) => (tag === 'intent' ? ['intent', 'high intent'] : [tag]),
  attributeType: (name) => (name === 'email' ? 'email' : undefined),
  normalise: (_, value) => value.trim().toLowerCase(),
  workspace: 1,
  tables: db.tables,
  personOf: (unit) => `intDiv(${unit}, 10)`,
}

// Thirty people; every third one buys, every fifth refunds, the first ten look and fill a cart.
const ids = Array.from({ length: 30 }, (_, i) => i + 1)
const event = (
  person: number,
  name: string,
  time: number,
  props: object = {},
  messageId = `${name}-${time}`,
) => ({
  ws: 1,
  unit: person * 10 + (time % 2),
  name,
  time,
  messageId,
  props: flatten(props),
})
db.addPeople(
  ids.map((person) => ({
    ws: 1,
    person,
    attrs: flatten({
      city: person % 2 ? 'Beijing' : 'Shanghai',
      email: `p${person}@example.com`,
      ...(person > 25 ? { score: '7.50' } : {}),
    }),
    tags: person % 4 === 0 ? ['high intent'] : [],
  })),
)
db.addEvents(
  ids.flatMap((person) => [
    ...(person % 3 === 0
      ? [1, 2].map((n) => event(person, 'Order Completed', now - n * day, { revenue: person * 10 * n + 0.1 }))
      : []),
    ...(person % 5 === 0 ? [event(person, 'Order Refunded', now - day / 2)] : []),
    ...(person <= 10
      ? [event(person, 'Course Viewed', now - 6 * day), event(person, 'Cart Added', now - 5 * day)]
      : []),
    ...(person === 7 ? [event(person, 'Order Completed', now - 3 * day, { revenue: 1 })] : []),
  ]),
)
// Two at one moment: message_id decides which is the last, whatever the unit.
db.addEvents([
  { ...event(1, 'Plan Chosen', now - day, { plan: 'late' }, 'b'), unit: 10 },
  { ...event(1, 'Plan Chosen', now - day, { plan: 'early' }, 'a'), unit: 11 },
])

function members(rule: Rule): number[] {
  return db
    .rows<{ person: number }>(compileRule(rule, env).setSql())
    .map((row) => row.person)
    .sort((a, b) => a - b)
}
const where = (test: (person: number) => boolean): number[] => ids.filter(test)

test.each<[string, Rule, number[]]>([
  ['everybody', { all: [] }, ids],
  ['nobody', { any: [] }, []],
  ['a city', { attr: 'city', op: 'eq', value: 'Beijing' }, where((p) => p % 2 === 1)],
  ['a mail address in another spelling', { attr: 'email', op: 'in', value: [' P7@Example.com '] }, [7]],
  ['a number held as text', { attr: 'score', op: 'gte', value: 7.5 }, [26, 27, 28, 29, 30]],
  ['a tag through its child', { tag: 'intent' }, where((p) => p % 4 === 0)],
  ['another segment', { segment: 'seg_shanghai' }, where((p) => p % 2 === 0)],
  ['a segment that is gone', { segment: 'seg_none' }, []],
  ['never did it', { not: { event: 'Order Completed' } }, where((p) => p % 3 !== 0 && p !== 7)],
  [
    'less than once',
    { event: 'Order Completed', count: { op: 'lt', value: 1 } },
    where((p) => p % 3 !== 0 && p !== 7),
  ],
  [
    'a sum to the cent',
    { event: 'Order Completed', agg: { fn: 'sum', prop: 'revenue', op: 'eq', value: 90.2 } },
    [3],
  ],
  [
    'the last by message id',
    { event: 'Plan Chosen', agg: { fn: 'last', prop: 'plan', op: 'eq', value: 'late' } },
    [1],
  ],
  [
    'the first by message id',
    { event: 'Plan Chosen', agg: { fn: 'first', prop: 'plan', op: 'eq', value: 'early' } },
    [1],
  ],
  [
    'a cart left alone for three days',
    {
      sequence: [{ event: 'Course Viewed' }, { event: 'Cart Added' }, { not_event: 'Order Completed' }],
      within: { last: 7, unit: 'day' },
      gap: { value: 3, unit: 'day' },
    },
    // Bought exactly three days later: still within the gap, so 3, 6 and 9 are out.
    [1, 2, 4, 5, 8, 10],
  ],
  [
    'within stands in for a missing gap',
    {
      sequence: [{ event: 'Cart Added' }, { not_event: 'Order Completed' }],
      within: { last: 2, unit: 'day' },
    },
    where((p) => p <= 10 && p !== 7),
  ],
])('%s', (_, rule, expected) => {
  expect(members(rule)).toEqual(expected)
})

const busy: Rule = {
  all: [
    { attr: 'city', op: 'eq', value: 'Beijing' },
    { any: [{ tag: 'intent' }, { attr: 'score', op: 'exists' }, { not: { event: 'Order Refunded' } }] },
    {
      event: 'Order Completed',
      where: [{ prop: 'revenue', op: 'gte', value: 30 }],
      count: { op: 'gte', value: 2 },
      within: { last: 30, unit: 'day' },
    },
  ],
}
const sequence: Rule = {
  sequence: [{ event: 'Course Viewed' }, { event: 'Cart Added' }, { not_event: 'Order Completed' }],
  within: { last: 7, unit: 'day' },
  gap: { value: 3, unit: 'day' },
}

test.each<[string, () => BoundQuery]>([
  ['attributes-only', () => compileRule({ attr: 'city', op: 'eq', value: 'Beijing' }, env).countSql()],
  ['required-events', () => compileRule(busy, env).countSql()],
  [
    'optional-events',
    () => compileRule({ not: { event: 'Order Refunded' } }, env).memberSql({ after: 5, limit: 10 }),
  ],
  ['sequence', () => compileRule(sequence, env).setSql()],
  ['condition-counts', () => compileRule(busy, env).conditionCountsSql()],
  ['many-rules', () => compileMany([busy, sequence], env, { persons: [1, 2], units: [10, 11, 20] })],
])('golden SQL: %s', async (name, build) => {
  const { sql, params } = build()
  expect(() => db.rows({ sql: `EXPLAIN ${sql}`, params })).not.toThrow()
  await expect(`${sql}\n\n-- ${JSON.stringify(params)}\n`).toMatchFileSnapshot(`golden/${name}.golden.sql`)
})

test('attribute-only rules do not touch events, and an events-only condition joins inner', () => {
  expect(compileRule({ all: [{ attr: 'x', op: 'exists' }, { tag: 'a' }] }, env).setSql().sql).not.toContain(
    't.events',
  )
  expect(compileRule(busy, env).setSql().sql).toContain('INNER JOIN')
  expect(compileRule({ not: { event: 'E' } }, env).setSql().sql).toContain('LEFT JOIN')
})

test('condition counts name every node by its path', () => {
  const { paths, ...query } = compileRule(busy, env).conditionCountsSql()
  expect(paths).toEqual([
    '',
    '/all/0',
    '/all/1',
    '/all/1/any/0',
    '/all/1/any/1',
    '/all/1/any/2',
    '/all/1/any/2/not',
    '/all/2',
  ])
  const [row] = db.rows<{ total: number; counts: number[] }>(query)
  expect(row).toEqual({ total: 30, counts: [4, 15, 26, 7, 5, 24, 6, 10] })
})

test('pages of members run through the set once', () => {
  const rule: Rule = { not: { event: 'Order Completed' } }
  const paged: number[] = []
  for (let after: number | undefined; ; after = paged.at(-1)) {
    const page = db.rows<{ person: number }>(
      compileRule(rule, env).memberSql({ limit: 4, ...(after === undefined ? {} : { after }) }),
    )
    paged.push(...page.map((row) => row.person))
    if (page.length < 4) break
  }
  expect(paged).toEqual(members(rule))
})

test('a data scope and a restriction both narrow the set', () => {
  const scoped = { ...env, scope: { sql: 'person <= {scope_top:UInt64}', params: { scope_top: 8 } } }
  const query = compileRule({ event: 'Order Completed' }, scoped).setSql({
    only: { persons: [3, 6, 9], units: [30, 31, 60, 61, 90, 91] },
  })
  expect(
    db
      .rows<{ person: number }>(query)
      .map((row) => row.person)
      .sort(),
  ).toEqual([3, 6])
})

test('segments that refer to each other in a circle are refused', () => {
  expect(() => compileRule({ segment: 'seg_x' }, env).countSql()).toThrow(
    expect.objectContaining({ code: 'segment.cycle' }),
  )
})

test('regular expressions mean the same in RE2 and in its JavaScript port', () => {
  const texts = [
    '',
    'abc',
    'ABC',
    'a\nb',
    '雅思 Course',
    'ſ K',
    'é',
    '😀x',
    '10.5',
    'a_b-c',
    '\u00a0',
    'tab\t',
    '\r\n',
    'Straße',
  ]
  const patterns = [
    '^a.b$',
    '(?m)^b$',
    '(?-s)a.b',
    '(?i)k',
    '(?i)straSSe',
    '\\w+',
    '^\\W$',
    '\\s',
    '\\bb',
    '\\d{2}',
    '[[:alpha:]]{3}',
    '\\pL\\pL',
    '\\p{Han}',
    '[^a]',
    '^.$',
    '^..$',
    'a|',
    'x*',
    '(?P<n>a)b',
    '\\x{1F600}',
    '\\Qa_b\\E',
    '\\z',
    '(?U)a.*c',
    '^(a|ab)(c|bcd)$',
    '\\C',
  ].filter((pattern) => typeof compileRegex(pattern) !== 'string')
  expect(patterns.length).toBeGreaterThan(20)
  for (const pattern of patterns) {
    const query = {
      sql: 'SELECT arrayMap(t -> match(t, {p:String}), {texts:Array(String)}) AS hits',
      params: { p: pattern, texts },
    }
    const [row] = db.rows<{ hits: number[] }>(query)
    expect(row?.hits, pattern).toEqual(texts.map((text) => Number(matchesRegex(text, pattern))))
  }
})

test('every scan carries the workspace and no value of a rule is SQL text', () => {
  const wall = 'ws = {'
  fc.assert(
    fc.property(anyRule, fc.string({ minLength: 6, unit: 'binary' }), (rule, secret) => {
      const hostile = JSON.parse(JSON.stringify(rule), (key, value: unknown) =>
        ['value', 'event', 'not_event', 'tag'].includes(key) && typeof value === 'string'
          ? `'"\`\\${secret}`
          : value,
      ) as Rule
      const compiled = compileRule(hostile, env)
      for (const { sql } of [
        compiled.setSql(),
        compiled.conditionCountsSql(),
        compileMany([hostile], env, { persons: [1] }),
      ]) {
        expect(sql.split(/FROM t\./).length).toBe(sql.split(wall).length)
        expect(sql).not.toContain(`\\${secret}`)
        expect(balanced(sql)).toBe(true)
        for (const name of eventNames) expect(sql).not.toContain(name)
      }
    }),
    { numRuns: 200 },
  )
})

// Outside of quotes nothing but what this module writes: no stray quote can have been opened by a path.
function balanced(sql: string): boolean {
  const bare = sql.replaceAll(/'[^'\\]*'/g, '').replaceAll(/`[A-Za-z0-9_ .$?\-%\u0080-\uffff]*`/g, '')
  return !/['"`\\;]/.test(bare)
}
