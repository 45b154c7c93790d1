import type { EventLeaf, Scalar } from '../contract.ts'
import type { Canonical } from './canonical.ts'
import { comparesTo, comparesToSql } from './compare-number.ts'
import type { PersonEvent } from './leaf.ts'
import { readPath } from './leaf.ts'
import { matchesValue, numberOf, orderOf } from './match-value.ts'
import type { Bindings } from './sql-bindings.ts'
import { bindNumber } from './sql-bindings.ts'
import { elementsOf, numbersOf, storedColumn, valueSql } from './sql-value.ts'

export type AggregateTest = NonNullable<EventLeaf['agg']>

// Sums are kept in millionths as whole numbers: adding doubles depends on the order of the rows, and a threshold
// would let people flicker. Beyond ±10^24 a number is left out of sums (Int128 would overflow).
const scale = 1e6
const largest = 1e24

function scaled(value: number): bigint {
  return BigInt(Math.floor(Math.min(Math.max(value, -largest), largest) * scale + 0.5))
}

/** Evaluates an aggregate over the events that matched; without any usable value it does not hold. */
export function evaluateAggregate(
  events: readonly PersonEvent[],
  agg: AggregateTest,
): { holds: boolean; value: Canonical | null } {
  if (agg.fn === 'first' || agg.fn === 'last') {
    const values = events
      .map((event) => readPath(event.props, agg.prop))
      .filter((value) => value !== undefined)
    const value = agg.fn === 'first' ? values[0] : values.at(-1)
    return { holds: value !== undefined && matchesValue(value, agg), value: value ?? null }
  }
  const elements = events.flatMap((event): Scalar[] => {
    const value = readPath(event.props, agg.prop)
    return value === undefined ? [] : Array.isArray(value) ? value : [value]
  })
  if (agg.fn === 'count_distinct') {
    const count = new Set(elements).size
    return { holds: count > 0 && comparesTo(agg, (x) => orderOf(count, x)), value: count }
  }
  return evaluateNumbers(
    elements.map(numberOf).filter((number) => number !== undefined),
    agg,
  )
}

function evaluateNumbers(numbers: number[], agg: AggregateTest): { holds: boolean; value: number | null } {
  if (agg.fn === 'min' || agg.fn === 'max') {
    const value = numbers.reduce<number | undefined>((best, x) => {
      return best === undefined || (agg.fn === 'min' ? x < best : x > best) ? x : best
    }, undefined)
    if (value === undefined) return { holds: false, value: null }
    return { holds: comparesTo(agg, (x) => orderOf(value, x)), value }
  }
  const usable = numbers.filter((number) => Math.abs(number) <= largest)
  if (usable.length === 0) return { holds: false, value: null }
  const sum = usable.reduce((total, number) => total + scaled(number), 0n)
  const times = agg.fn === 'avg' ? BigInt(usable.length) : 1n
  return {
    holds: comparesTo(agg, (x) => orderOf(sum, scaled(x) * times)),
    value: Number(sum) / scale / Number(times),
  }
}

type AggregateSql = { columns: { alias: string; sql: string }[]; test: string }

/** The same as SQL: columns of the aggregation under `prefix`, and the test on them. */
export function aggregateSql(
  bindings: Bindings,
  prefix: string,
  match: string,
  agg: AggregateTest,
): AggregateSql {
  const value = storedColumn('props', agg.prop)
  if (agg.fn === 'first' || agg.fn === 'last') return pickSql(bindings, prefix, match, agg)
  if (agg.fn === 'count_distinct') {
    const alias = `${prefix}_distinct`
    const test = comparesToSql(agg, alias, (x) => bindNumber(bindings, x))
    const distinct = elementsOf(value).map((elements) => `uniqExactArrayIf(${elements}, ${match})`)
    return {
      columns: [{ alias, sql: distinct.join(' + ') }],
      test: `(${alias} > 0 AND ${test})`,
    }
  }
  const numbers = numbersOf(value)
  if (agg.fn === 'min' || agg.fn === 'max') {
    const [size, alias] = [`${prefix}_n`, `${prefix}_${agg.fn}`]
    const test = comparesToSql(agg, alias, (x) => bindNumber(bindings, x))
    const columns = [
      { alias: size, sql: `sumIf(length(${numbers}), ${match})` },
      { alias, sql: `${agg.fn}ArrayIf(${numbers}, ${match})` },
    ]
    return { columns, test: `(${size} > 0 AND ${test})` }
  }
  return sumSql(bindings, prefix, match, agg, `arrayFilter(x -> abs(x) <= ${largest}, ${numbers})`)
}

function sumSql(
  bindings: Bindings,
  prefix: string,
  match: string,
  agg: AggregateTest,
  numbers: string,
): AggregateSql {
  const [size, sum] = [`${prefix}_n`, `${prefix}_sum`]
  const bind = (x: number): string => {
    const bound = bindings.bind('Int128', scaled(x).toString())
    return agg.fn === 'avg' ? `${bound} * ${size}` : bound
  }
  const columns = [
    { alias: size, sql: `sumIf(length(${numbers}), ${match})` },
    {
      alias: sum,
      sql: `sumArrayIf(arrayMap(x -> toInt128(floor(x * ${scale} + 0.5)), ${numbers}), ${match})`,
    },
  ]
  return { columns, test: `(${size} > 0 AND ${comparesToSql(agg, sum, bind)})` }
}

function pickSql(bindings: Bindings, prefix: string, match: string, agg: AggregateTest): AggregateSql {
  const value = storedColumn('props', agg.prop)
  const [size, alias] = [`${prefix}_n`, `${prefix}_${agg.fn}`]
  const present = `${match} AND ${value.present}`
  const pick = agg.fn === 'first' ? 'argMinIf' : 'argMaxIf'
  const columns = [
    { alias: size, sql: `countIf(${present})` },
    { alias, sql: `${pick}(toUInt8(${valueSql(bindings, value, agg)}), ${orderKey}, ${present})` },
  ]
  return { columns, test: `(${size} > 0 AND ${alias})` }
}

// (time, message_id) as one text that sorts alike: 2^46 keeps every time at 14 digits. A tuple would be compared
// through generic fields, 9 × slower.
const orderKey = 'concat(toString(toUnixTimestamp64Milli(time) + 70368744177664), message_id)'
