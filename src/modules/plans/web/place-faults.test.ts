import { expect, test } from 'vitest'
import { fieldAt } from './place-faults.ts'

test('a fault is shown at the property it means, however deep it points', () => {
  expect(fieldAt('/body/events/3/properties/12/pattern')).toEqual(['properties', 12, 'pattern'])
  expect(fieldAt('/body/events/3/properties/0/allowed/2')).toEqual(['properties', 0, 'allowed'])
  expect(fieldAt('/body/events/3/name')).toBeUndefined()
  expect(fieldAt('/body/events/3/properties/0/patterns')).toBeUndefined()
})
