import { expect, test } from 'vitest'
import { parseRule } from '#modules/rules/index.ts'
import { fillBlanks, isFilled, type Known, templateIds, templates } from './templates.ts'

const known: Known = {
  events: [
    'order_completed',
    'Order Refunded',
    'Signed Up',
    'App Opened',
    'Product Added',
    'Course Viewed',
    'Trial Booked',
    'Trial Attended',
  ],
  attributes: ['birthday'],
  properties: (event) => (event === 'order_completed' ? ['total'] : []),
}

test('every template is there once and is a rule the server takes', () => {
  expect(templates.map((one) => one.id)).toEqual([...templateIds])
  for (const template of templates) {
    const filled = fillBlanks(template, known)
    expect(isFilled(template, filled), template.id).toBe(true)
    parseRule(template.rule(filled))
  }
})

test('names are those of the workspace, whatever their spelling; what is missing stays open', () => {
  const [highValue] = templates.filter((one) => one.id === 'highValue')
  if (!highValue) throw new Error('no such template')
  expect(fillBlanks(highValue, known)).toEqual({ order: 'order_completed', revenue: 'total' })
  expect(fillBlanks(highValue, known, { order: 'Signed Up' })).toEqual({ order: 'Signed Up' })
  expect(isFilled(highValue, fillBlanks(highValue, { ...known, events: [] }))).toBe(false)
})
