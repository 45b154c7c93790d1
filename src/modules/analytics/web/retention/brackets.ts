import { mostPeriods } from '../../contract/retention.ts'

export type BracketsFault =
  | { reason: 'empty' | 'many' }
  | { reason: 'number'; part: string }
  | { reason: 'long'; sum: number }

const mostBrackets = 50

/** Lengths of brackets as they are typed: `1, 3, 7`; commas and slashes of both scripts, and spaces, divide them. */
export function readBrackets(text: string): { brackets: number[] } | { fault: BracketsFault } {
  const parts = text.split(/[\s,，、;；/]+/).filter((part) => part !== '')
  if (parts.length === 0) return { fault: { reason: 'empty' } }
  const wrong = parts.find((part) => !/^\d+$/.test(part) || Number(part) < 1 || Number(part) > mostPeriods)
  if (wrong !== undefined) return { fault: { reason: 'number', part: wrong } }
  if (parts.length > mostBrackets) return { fault: { reason: 'many' } }
  const brackets = parts.map(Number)
  const sum = brackets.reduce((all, one) => all + one, 0)
  return sum > mostPeriods ? { fault: { reason: 'long', sum } } : { brackets }
}

/** The periods each bracket covers, both included; the first is period 1. */
export function bracketPeriods(brackets: readonly number[]): { from: number; to: number }[] {
  let next = 1
  return brackets.map((length) => {
    const from = next
    next += length
    return { from, to: next - 1 }
  })
}
