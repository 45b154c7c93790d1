import type { AttributeOption, AttributeType } from '#modules/profiles/attribute-shapes.ts'
import { datePattern } from '#modules/profiles/server/attributes/register-attributes.ts'
import { type Canonical, numberPattern, storedColumn } from '#modules/rules/index.ts'

/** What a declared type asks of a value. */
export type TypeRule = { type: AttributeType; options: readonly Pick<AttributeOption, 'value'>[] }

// Both engines read these; the phone's is its normal spelling, in which such attributes are stored.
const patterns = {
  number: numberPattern,
  date: datePattern,
  email: '^[^\\s@,;<>"]+@[^\\s@,;<>"]+[.][^\\s@,;<>".]+$',
  phone: '^([+][0-9]{5,20}|[0-9]{5,20})$',
} as const
type Patterned = keyof typeof patterns
const regexes = Object.fromEntries(
  Object.entries(patterns).map(([type, pattern]) => [type, new RegExp(pattern)]),
) as Record<Patterned, RegExp>

/**
 * Whether a stored value is what the type says. A declared type changes no value and no meaning of a rule: rules go
 * on comparing by the type of their operand, in both evaluators; what does not fit is counted and shown.
 */
export function fitsType({ type, options }: TypeRule, value: Canonical): boolean {
  const allowed = new Set(options.map((one) => one.value))
  switch (type) {
    case 'text':
      return typeof value === 'string'
    case 'number':
      return typeof value === 'number' || (typeof value === 'string' && regexes.number.test(value))
    case 'boolean':
      return typeof value === 'boolean'
    case 'date':
    case 'email':
    case 'phone':
      return typeof value === 'string' && regexes[type].test(value)
    case 'enum':
      return typeof value === 'string' && allowed.has(value)
    case 'multi_enum':
      if (typeof value === 'string') return allowed.has(value)
      return Array.isArray(value) && value.every((one) => typeof one === 'string' && allowed.has(one))
    case 'reference':
      return typeof value === 'string' && value.trim() !== ''
    default:
      return true
  }
}

/** The same for ClickHouse: a condition that there is a value, and it does not fit. `n` keeps parameters apart. */
export function misfitSql(name: string, rule: TypeRule, n: number) {
  const value = storedColumn('attrs', name)
  const params: Record<string, unknown> = {}
  const matches = (type: Patterned) => {
    params[`fit_${n}`] = patterns[type]
    return `match(ifNull(${value.text}, ''), {fit_${n}:String})`
  }
  const allowed = () => {
    params[`fit_${n}`] = rule.options.map((one) => one.value)
    return `{fit_${n}:Array(String)}`
  }
  const fits = (): string => {
    switch (rule.type) {
      case 'text':
        return `isNotNull(${value.text})`
      case 'number':
        return `(isNotNull(${value.number}) OR ${matches('number')})`
      case 'boolean':
        return `isNotNull(${value.bool})`
      case 'date':
      case 'email':
      case 'phone':
        return matches(rule.type)
      case 'enum':
        return `has(${allowed()}, ifNull(${value.text}, ''))`
      case 'multi_enum':
        return `(has(${allowed()}, ifNull(${value.text}, '')) OR (notEmpty(${value.texts}) AND arrayAll(x -> has({fit_${n}:Array(String)}, ifNull(x, '')), ${value.texts})))`
      case 'reference':
        return `trimBoth(ifNull(${value.text}, '')) != ''`
      default:
        return '1'
    }
  }
  return { sql: `(${value.present} AND NOT ${fits()})`, params }
}

/** A type that values of a path may break; what registered itself says nothing about later values. */
export const isChecked = (row: { declared: boolean; type: AttributeType }): boolean => row.declared
