import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PlanContent, type PropertyType } from '#modules/plans/contract.ts'
import { compilePlan, isBlocking, judgeEvent } from '#modules/plans/server/judge-event.ts'

const planOf = (content: unknown) => compilePlan(PlanContent.parse(content))
const paid = (properties: object) => ({
  type: 'track',
  name: 'Paid',
  propertiesText: JSON.stringify(properties),
})
const faults = (properties: unknown[], sent: object) =>
  judgeEvent(planOf({ events: [{ name: 'Paid', properties }] }), paid(sent)).map(
    (fault) => `${fault.property} ${fault.reason}`,
  )

test('a required property must have a value; null and an empty list are none, false and 0 are', () => {
  const required = [{ path: 'a', required: true }]
  for (const sent of [{}, { a: null }, { a: [] }, { a: {} }])
    expect(faults(required, sent)).toEqual(['a missing'])
  for (const sent of [{ a: 0 }, { a: false }, { a: '' }, { a: ['x'] }])
    expect(faults(required, sent)).toEqual([])
  expect(faults([{ path: 'a', type: 'number' }], {})).toEqual([])
})

test('nested values and lists of objects are named as rules name them', () => {
  const planned = [
    { path: 'price.amount', type: 'number', required: true },
    { path: 'products.sku', type: 'list', required: true },
  ]
  expect(faults(planned, { price: { amount: 5 }, products: [{ sku: 'a' }, { sku: 'b' }] })).toEqual([])
  expect(faults(planned, { price: { amount: '5' }, products: [{ name: 'a' }] })).toEqual([
    'price.amount wrong_type',
    'products.sku missing',
  ])
})

test('allowed values and patterns hold for every value of a list', () => {
  const allowed = [{ path: 'c', allowed: ['CNY', 'USD', 1, true] }]
  for (const c of ['CNY', 1, true, ['CNY', 'USD']]) expect(faults(allowed, { c })).toEqual([])
  for (const c of ['cny', 2, '1', false, ['CNY', 'EUR']])
    expect(faults(allowed, { c })).toEqual(['c not_allowed'])
  const pattern = [{ path: 'sku', pattern: '^[A-Z]{2}-\\d+$' }]
  expect(faults(pattern, { sku: ['AB-1', 'CD-22'] })).toEqual([])
  expect(faults(pattern, { sku: ['AB-1', 'cd-22'] })).toEqual(['sku pattern'])
})

test('names that every object has are not properties', () => {
  expect(faults([{ path: 'constructor', required: true }], {})).toEqual(['constructor missing'])
  expect(judgeEvent(planOf({ events: [] }), { ...paid({}), name: 'constructor' })).toEqual([])
})

test('events outside the plan count only where asked for, never block, and calls without properties are left alone', () => {
  const lax = planOf({ events: [], mode: 'block' })
  const strict = planOf({ events: [], mode: 'block', unplanned: 'mark' })
  expect(judgeEvent(lax, paid({}))).toEqual([])
  const found = judgeEvent(strict, paid({}))
  expect(found).toEqual([{ property: '', reason: 'unplanned' }])
  expect(isBlocking(strict, found)).toBe(false)
  expect(isBlocking(strict, [{ property: 'a', reason: 'missing' }])).toBe(true)
  expect(isBlocking({ ...strict, mode: 'mark' }, [{ property: 'a', reason: 'missing' }])).toBe(false)
  expect(judgeEvent(strict, { ...paid({}), type: 'identify', name: 'identify' })).toEqual([])
  expect(judgeEvent(strict, { ...paid({}), type: 'page', name: 'Page Viewed' })).toHaveLength(1)
})

test('a pattern that would take for ever elsewhere is read in one go', () => {
  const planned = [{ path: 'a', pattern: '^(a+)+$' }]
  expect(faults(planned, { a: `${'a'.repeat(50_000)}!` })).toEqual(['a pattern'])
})

const scalar = fc.oneof(fc.constantFrom('x', 'y', '1', ''), fc.integer({ min: 0, max: 2 }), fc.boolean())
const value = fc.oneof(scalar, fc.constant(null), fc.array(fc.constantFrom('x', 'y'), { maxLength: 3 }))
const property = fc.record({
  path: fc.constantFrom('a', 'b', 'constructor'),
  type: fc.constantFrom<PropertyType>('any', 'text', 'number', 'boolean', 'list'),
  required: fc.boolean(),
  allowed: fc.array(scalar, { maxLength: 3 }),
  pattern: fc.constantFrom(null, '^x', '1'),
})

/** The dumbest reading of the contract. */
function naive(
  one: { type: string; required: boolean; allowed: unknown[]; pattern: string | null },
  sent: unknown,
) {
  const isNone = sent === undefined || sent === null || (Array.isArray(sent) && sent.length === 0)
  if (isNone) return one.required ? 'missing' : 'good'
  const kinds: Record<string, boolean> = {
    any: true,
    text: typeof sent === 'string',
    number: typeof sent === 'number',
    boolean: typeof sent === 'boolean',
    list: Array.isArray(sent),
  }
  if (!kinds[one.type]) return 'wrong_type'
  for (const part of Array.isArray(sent) ? sent : [sent])
    if (one.allowed.length > 0 && one.allowed.indexOf(part) < 0) return 'not_allowed'
  for (const part of Array.isArray(sent) ? sent : [sent])
    if (one.pattern !== null && !new RegExp(one.pattern).test(String(part))) return 'pattern'
  return 'good'
}

test('any property and any value are judged as the dumbest reading judges them', () => {
  fc.assert(
    fc.property(property, fc.option(value, { nil: undefined }), (planned, sent) => {
      const object = sent === undefined ? {} : { [planned.path]: sent }
      const expected = naive(planned, sent)
      expect(faults([planned], object)).toEqual(expected === 'good' ? [] : [`${planned.path} ${expected}`])
    }),
    { numRuns: 500 },
  )
})
