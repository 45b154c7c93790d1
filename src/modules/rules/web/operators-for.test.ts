import { expect, test } from 'vitest'
import { operatorsFor, readOperand, withOperator } from './operators-for.ts'

test('a value survives a change of operator where it still fits', () => {
  expect(withOperator({ op: 'eq', value: '北京' }, 'in')).toEqual({ op: 'in', value: ['北京'] })
  expect(withOperator({ op: 'in', value: ['北京', '上海'] }, 'eq')).toEqual({ op: 'eq', value: '北京' })
  expect(withOperator({ op: 'gte', value: 3 }, 'between')).toEqual({ op: 'between', value: [3, ''] })
  expect(withOperator({ op: 'eq', value: 'x' }, 'exists')).toEqual({ op: 'exists' })
  expect(withOperator({ op: 'exists' }, 'eq')).toEqual({ op: 'eq' })
})

test('typed digits are a number only where a number is meant', () => {
  expect(readOperand('0138', 'text', 'eq')).toBe('0138')
  expect(readOperand('100', 'number', 'eq')).toBe(100)
  expect(readOperand('100', undefined, 'gte')).toBe(100)
  expect(readOperand('2026-01-01', undefined, 'gte')).toBe('2026-01-01')
  expect(readOperand(' ', 'number', 'eq')).toBe(' ')
})

test('an operator of a foreign rule stays selectable', () => {
  expect(operatorsFor('boolean', 'matches')).toContain('matches')
  expect(operatorsFor('boolean', 'eq')).not.toContain('matches')
})
