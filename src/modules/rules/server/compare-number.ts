import type { Test } from '../contract.ts'
import { holdsOrder, opposite } from './match-value.ts'

/** Does a number that the rule worked out satisfy a test? `orderOf(x)` is the sign of that number − x. */
export function comparesTo(test: Test, orderOf: (operand: number) => number): boolean {
  const positive = opposite[test.op]
  if (positive !== undefined) return !comparesTo({ op: positive, value: test.value }, orderOf)
  const operands = (Array.isArray(test.value) ? test.value : [test.value]) as number[]
  if (test.op === 'in') return operands.some((operand) => orderOf(operand) === 0)
  const [low, high] = operands as [number, number]
  if (test.op === 'between') return orderOf(low) >= 0 && orderOf(high) <= 0
  return holdsOrder(test.op, orderOf(low))
}

const signs: Partial<Record<string, string>> = { eq: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' }

/** The same as SQL; `bind` turns an operand into the expression to compare with. */
export function comparesToSql(test: Test, sql: string, bind: (operand: number) => string): string {
  const positive = opposite[test.op]
  if (positive !== undefined) return `NOT ${comparesToSql({ op: positive, value: test.value }, sql, bind)}`
  const operands = (Array.isArray(test.value) ? test.value : [test.value]) as number[]
  if (test.op === 'in')
    return operands.length === 0 ? '0' : `(${operands.map((x) => `${sql} = ${bind(x)}`).join(' OR ')})`
  const [low, high] = operands as [number, number]
  if (test.op === 'between') return `(${sql} >= ${bind(low)} AND ${sql} <= ${bind(high)})`
  return `(${sql} ${signs[test.op]} ${bind(low)})`
}
