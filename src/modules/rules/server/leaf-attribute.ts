import type { AttrLeaf, Operand, Scalar, Test } from '../contract.ts'
import { monthAt, monthsOf, monthsSql } from './calendar-month.ts'
import type { LeafKind, RuleEnv } from './leaf.ts'
import { readPath } from './leaf.ts'
import { matchesValue } from './match-value.ts'
import { calendarCondition, personCondition } from './sql-compilation.ts'
import { storedColumn, valueSql } from './sql-value.ts'

const normalisedOperators = new Set(['eq', 'ne', 'in', 'not_in'])

/** A mail or phone operand in the spelling its attribute is stored in. */
function normaliseTest(leaf: AttrLeaf, env: RuleEnv): Test {
  const kind = env.attributeType(leaf.attr)
  if ((kind !== 'email' && kind !== 'phone') || !normalisedOperators.has(leaf.op)) return leaf
  // A phone written as a number is the same phone; the projection takes both in alike.
  const normalise = (value: Scalar): Scalar =>
    typeof value === 'boolean' ? value : (env.normalise(kind, String(value)) ?? value)
  const value: Operand | undefined = Array.isArray(leaf.value)
    ? leaf.value.map(normalise)
    : leaf.value === undefined
      ? undefined
      : normalise(leaf.value)
  return { op: leaf.op, value }
}

export const attributeLeaf: LeafKind<AttrLeaf> = {
  evaluate(leaf, person, env) {
    const value = readPath(person.attrs, leaf.attr)
    if (leaf.op === 'this_month') {
      const { month, ends } = monthAt(env)
      const months = monthsOf(value)
      // Who has no month in it is never in, whatever the calendar says.
      const flipsAt = months.length > 0 ? ends : undefined
      return { holds: months.includes(month), seen: { value: value ?? null }, flipsAt }
    }
    const holds = matchesValue(value, normaliseTest(leaf, env))
    return { holds, seen: { value: value ?? null }, flipsAt: undefined }
  },
  compile(leaf, c) {
    if (leaf.op === 'this_month') {
      const { month, ends } = monthAt(c.env)
      const months = monthsSql(storedColumn('attrs', leaf.attr))
      return calendarCondition(c, leaf, {
        test: `has(${months}, ${c.bindings.bind('String', month)})`,
        moves: `notEmpty(${months})`,
        at: ends,
      })
    }
    const test = normaliseTest(leaf, c.env)
    return personCondition(c, leaf, () => valueSql(c.bindings, storedColumn('attrs', leaf.attr), test))
  },
}
