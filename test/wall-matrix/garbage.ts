import fc from 'fast-check'
import { z } from 'zod'
import { operators } from '#modules/rules/contract.ts'
import { encodeCursor } from '#platform/http/cursor.ts'
import type { NamedRoute } from '#platform/http/openapi.ts'
import type { Sample } from './samples.ts'

const hostileTexts = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udc00 tail',
  '😀‮\u200b',
  'x'.repeat(5000),
  '../../../etc/passwd',
  "' or 1=1 --",
  '`) FROM system.tables --',
  '{ws:UInt32}',
  '\\',
  '%',
  '\n\t',
  '-1',
  'NaN',
  'Infinity',
  '1e309',
  '9'.repeat(40),
  '__proto__',
  'constructor.prototype',
  '2026-13-45T99:99:99Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '+275760-09-13T00:00:00.001Z',
  '2026-02-30',
  'user_id:',
  ':',
  'kind\u0000:value',
  '(((((',
  '(a+)+$',
]
const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...hostileTexts) },
  fc.string({ unit: 'binary', maxLength: 40 }),
)
const number = fc.oneof(
  fc.constantFrom(0, -1, 1, 0.1, 1e308, -1e308, 2 ** 53, -(2 ** 63), 2 ** 31, 1e-320),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)
const scalar: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: text },
  number,
  fc.boolean(),
  fc.constant(null),
)
const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  fc.array(scalar, { maxLength: 4 }),
  fc.dictionary(text, scalar, { maxKeys: 3 }),
  fc.json({ maxDepth: 4 }).map((json) => JSON.parse(json) as unknown),
  fc.constant(deep(2000)),
)
const within = fc.oneof(
  fc.record({ last: number, unit: fc.constantFrom('day', 'month', 'eon') }),
  fc.record({ from: text, to: text }),
  fc.constant({ from: '0001-01-01', to: '9999-12-31' }),
  fc.constant({ last: 1_000_000, unit: 'month' }),
)
const test = fc.record({ op: fc.constantFrom(...operators), value })
const cursor = fc.oneof(fc.array(scalar as fc.Arbitrary<string>, { maxLength: 3 }).map(encodeCursor), text)

/** Rules that are nearly right: the right outline around hostile names, operators and values. */
const ruleLike: fc.Arbitrary<unknown> = fc.letrec<{ rule: unknown; leaf: unknown }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3, withCrossShrink: false },
    tie('leaf'),
    fc.record({ all: fc.array(tie('rule'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('rule'), { maxLength: 3 }) }),
    fc.record({ not: tie('rule') }),
  ),
  leaf: fc.oneof(
    fc.tuple(fc.record({ attr: text }), test).map(([name, rest]) => ({ ...name, ...rest })),
    fc.record({ tag: text }),
    fc.record({ segment: text }),
    fc.record({ event: text, count: test, within }, { requiredKeys: ['event'] }),
    fc.record({
      event: text,
      where: fc.array(fc.record({ prop: text, op: fc.constantFrom(...operators), value }), { maxLength: 3 }),
    }),
    fc.record({
      event: text,
      agg: fc.record({
        fn: fc.constantFrom('sum', 'avg', 'min', 'first', 'count_distinct'),
        prop: text,
        op: fc.constant('gt'),
        value,
      }),
      within,
    }),
    fc.record({
      sequence: fc.array(fc.oneof(fc.record({ event: text }), fc.record({ not_event: text })), {
        maxLength: 4,
      }),
      within,
    }),
  ),
})).rule

export type Fuzzed = { named: NamedRoute; sample: Sample; payload?: string }

/** A request to one of the routes: a good one with one part turned hostile, or garbage from end to end. */
export function fuzzedRequest(
  routes: readonly NamedRoute[],
  good: (named: NamedRoute) => Sample,
): fc.Arbitrary<Fuzzed> {
  return fc.constantFrom(...routes).chain((named) => {
    const start = good(named)
    const kinds: fc.Arbitrary<Partial<Fuzzed> & { sample: Sample }>[] = [
      hostileParams(start),
      hostileQuery(named, start),
    ]
    if (named.route.body) kinds.push(hostileBody(start), hostileBody(start), rawBody(start))
    return fc.oneof(...kinds).map((part) => ({ named, ...part }))
  })
}

const hostileParams = (start: Sample) =>
  text.map((one) => ({
    sample: {
      ...start,
      params: Object.fromEntries(Object.keys(start.params ?? {}).map((name) => [name, one])),
    },
  }))

function hostileQuery({ route }: NamedRoute, start: Sample) {
  const known = route.query instanceof z.ZodObject ? Object.keys(route.query.shape) : []
  const rule = ruleLike.map((one) => JSON.stringify(one))
  const ofName = (name: string) =>
    name === 'cursor' ? cursor : name === 'rule' ? fc.oneof(rule, text) : text
  const entry = fc
    .constantFrom(...known, 'unknown')
    .chain((name) => fc.tuple(fc.constant(name), ofName(name)))
  return fc.array(entry, { minLength: 1, maxLength: 3 }).map((entries) => ({
    sample: { ...start, query: { ...start.query, ...Object.fromEntries(entries) } },
  }))
}

function hostileBody(start: Sample) {
  const names = Object.keys(start.body ?? {})
  const ofName = (name: string) =>
    name === 'rule' ? fc.oneof({ weight: 4, arbitrary: ruleLike }, value) : value
  const one = fc.constantFrom(...names, 'unknown').chain((name) => fc.tuple(fc.constant(name), ofName(name)))
  return one.map(([name, given]) => ({ sample: { ...start, body: { ...start.body, [name]: given } } }))
}

const rawBody = (start: Sample) =>
  fc
    .constantFrom(
      '',
      '{',
      'null',
      '[]',
      '"text"',
      '{"__proto__":{"a":1}}',
      '\u001f\u008b\b',
      '\ufeff{}',
      '['.repeat(10_000),
    )
    .map((payload) => ({ sample: start, payload }))

function deep(levels: number): unknown {
  let nested: unknown = 1
  for (let level = 0; level < levels; level++) nested = { all: [nested] }
  return nested
}
