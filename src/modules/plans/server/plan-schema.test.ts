import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PlanContent } from '#modules/plans/contract.ts'
import { planSchema, readSchema } from '#modules/plans/server/plan-schema.ts'

const plan = PlanContent.parse({
  mode: 'block',
  unplanned: 'mark',
  events: [
    {
      name: 'Order Completed',
      description: 'Paid for',
      properties: [
        { path: 'order_id', type: 'text', required: true, pattern: '^O' },
        { path: 'price.amount', type: 'number', required: true },
        { path: 'price.currency', type: 'text', allowed: ['CNY', 'USD'], description: 'ISO 4217' },
        { path: 'skus', type: 'list', allowed: ['a', 'b'] },
      ],
    },
  ],
})

test('a plan is a JSON Schema that says the same, nested as events are sent', () => {
  expect(planSchema(plan)).toEqual({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Tracking plan',
    'x-mode': 'block',
    'x-unplanned': 'mark',
    $defs: {
      'Order Completed': {
        type: 'object',
        description: 'Paid for',
        required: ['order_id', 'price'],
        properties: {
          order_id: { type: 'string', pattern: '^O' },
          price: {
            type: 'object',
            required: ['amount'],
            properties: {
              amount: { type: 'number' },
              currency: { type: 'string', enum: ['CNY', 'USD'], description: 'ISO 4217' },
            },
          },
          skus: { type: 'array', items: { enum: ['a', 'b'] } },
        },
      },
    },
  })
})

const name = fc.oneof(
  fc.constantFrom('a', 'b', '__proto__', 'constructor', '价格', 'x/y~z'),
  fc.string({ minLength: 1, maxLength: 5 }),
)
const property = fc.record({
  path: name.filter((text) => !text.includes('.')),
  type: fc.constantFrom('any', 'text', 'number', 'boolean', 'list'),
  required: fc.boolean(),
  pattern: fc.constantFrom(null, '^x'),
  description: fc.constantFrom('', 'said'),
})
const distinct = <T>(arbitrary: fc.Arbitrary<T>, selector: (one: T) => string) =>
  fc.uniqueArray(arbitrary, { maxLength: 4, selector })
const plans = fc.record({
  mode: fc.constantFrom('mark', 'block'),
  unplanned: fc.constantFrom('allow', 'mark'),
  events: distinct(
    fc.record({
      name,
      description: fc.constantFrom('', 'said'),
      properties: distinct(property, (one) => one.path),
    }),
    (one) => one.name,
  ),
})
const sorted = (content: PlanContent) => ({
  ...content,
  events: content.events
    .map((event) => ({
      ...event,
      properties: [...event.properties].sort((a, b) => (a.path < b.path ? -1 : 1)),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1)),
})

test('out and in again, as a file, is the same plan', () => {
  fc.assert(
    fc.property(plans, (raw) => {
      const content = PlanContent.parse(raw)
      const file = JSON.stringify(planSchema(content))
      expect(sorted(readSchema(JSON.parse(file) as Record<string, unknown>))).toEqual(sorted(content))
    }),
    { numRuns: 300 },
  )
  expect(sorted(readSchema(planSchema(plan)))).toEqual(sorted(plan))
})

test('schemas of others are read: events under properties, integers, constants, what may be null', () => {
  const read = readSchema({
    type: 'object',
    properties: {
      Paid: {
        type: 'object',
        required: ['n', 'p'],
        properties: {
          n: { type: ['integer', 'null'] },
          c: { const: 'CNY' },
          any: {},
          free: { type: 'object' },
          p: { type: 'object', properties: { q: { type: 'string' } }, required: ['q'] },
          o: { type: 'object', properties: { q: { type: 'string' } }, required: ['q'] },
        },
      },
    },
  })
  expect(read.mode).toBe('mark')
  expect(
    read.events[0]?.properties.map((one) => [one.path, one.type, one.required, one.allowed.join()]),
  ).toEqual([
    ['n', 'number', true, ''],
    ['c', 'any', false, 'CNY'],
    ['any', 'any', false, ''],
    ['p.q', 'text', true, ''],
    // Required within what may be absent.
    ['o.q', 'text', false, ''],
  ])
})

test.each<[Record<string, unknown>, string]>([
  [{}, '/body/schema/properties'],
  [{ $defs: [] }, '/body/schema/$defs'],
  [{ $defs: { 'a/b': 1 } }, '/body/schema/$defs/a~1b'],
  [{ $defs: { a: { properties: { b: { type: 'tuple' } } } } }, '/body/schema/$defs/a/properties/b/type'],
  [{ $defs: { a: { properties: { b: { enum: 1 } } } } }, '/body/schema/$defs/a/properties/b/enum'],
  [
    { $defs: { a: { properties: { b: { type: 'array', items: { properties: {} } } } } } },
    '/body/schema/$defs/a/properties/b/items',
  ],
  [{ $defs: {}, 'x-mode': 'drop' }, '/body/schema'],
])('%j is refused at %s', (schema, path) => {
  expect(() => readSchema(schema)).toThrow(
    expect.objectContaining({ code: 'plan.invalid', details: { path } }),
  )
})

test('nesting beyond all measure is refused, not followed', () => {
  let schema: Record<string, unknown> = {}
  for (let level = 0; level < 5000; level++) schema = { properties: { a: schema } }
  expect(() => readSchema({ $defs: { a: schema } })).toThrow('nested too deeply')
})
