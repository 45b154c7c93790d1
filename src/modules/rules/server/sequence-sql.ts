import type { SequenceLeaf, Step } from '../contract.ts'
import type { Pace } from './resolve-window.ts'
import { hasFrom, paceOf } from './resolve-window.ts'
import type { Compilation, EventBit } from './sql-compilation.ts'
import { eventMs, insideSql, join, matchSql, windowFlips } from './sql-compilation.ts'

type Column = { alias: string; sql: string }

/**
 * Every event that fits step i becomes the key `time · 32 + (30 − i)`. Sorted, keys run by time and, at one
 * moment, from the last step to the first; so the key just before one of step j decides whether j continues a
 * chain: it does when that key is a reached event of the step before (strictly earlier, nothing forbidden and no
 * earlier j in between). No loop over rows: one sort and one filter per step.
 */
export function sequenceBit(c: Compilation, leaf: SequenceLeaf, prefix: string): EventBit {
  const pace = paceOf(leaf, c.env.now, c.env.timezone)
  const steps = leaf.sequence
  const matches = steps.map((step) => matchSql(c, 'event' in step ? step.event : step.not_event, step.where))
  const inside = insideSql(c, pace.bounds)
  const keys = matches.map((match, i): Column => {
    return {
      alias: `${prefix}_k${i}`,
      sql: `groupArrayIf(${eventMs} * 32 + ${code(i)}, ${join([match, inside], 'AND')})`,
    }
  })
  const chain = chainColumns(c, steps, pace, prefix)
  const anyStep = join(matches, 'OR')
  return {
    columns: [...keys, ...chain.columns],
    test: chain.test,
    idle: false,
    reads: steps.map((step) => ({
      event: 'event' in step ? step.event : step.not_event,
      from: hasFrom(pace.bounds) ? pace.bounds.from : undefined,
    })),
    flips: [...windowFlips(c, anyStep, pace.bounds), ...waitFlips(c, steps, pace, prefix)],
  }
}

const code = (step: number): number => 30 - step
const codeOf = (key: string): string => `bitAnd(${key}, 31)`
const msOf = (key: string): string => `bitShiftRight(${key}, 5)`

function chainColumns(
  c: Compilation,
  steps: readonly Step[],
  pace: Pace,
  prefix: string,
): { columns: Column[]; test: string } {
  const columns: Column[] = []
  let reached = { alias: `${prefix}_k0`, step: 0 }
  let forbidden: string[] = []
  for (const [i, step] of steps.entries()) {
    if (i === 0) continue
    if ('not_event' in step) {
      forbidden.push(`${prefix}_k${i}`)
      continue
    }
    const sorted = {
      alias: `${prefix}_s${i}`,
      sql: sortedKeys([reached.alias, `${prefix}_k${i}`, ...forbidden]),
    }
    const next = { alias: `${prefix}_r${i}`, sql: continueChain(c, sorted.alias, reached.step, i, pace) }
    columns.push(sorted, next)
    reached = { alias: next.alias, step: i }
    forbidden = []
  }
  if (forbidden.length === 0) return { columns, test: `notEmpty(${reached.alias})` }
  const sorted = { alias: `${prefix}_s`, sql: sortedKeys([reached.alias, ...forbidden]) }
  return { columns: [...columns, sorted], test: waitedSql(c, sorted.alias, reached.step, pace) }
}

function sortedKeys(aliases: string[]): string {
  return `arraySort(arrayConcat(${aliases.join(', ')}))`
}

// −1 stands before the first key; its code (31) is no step's.
function continueChain(c: Compilation, sorted: string, from: number, to: number, pace: Pace): string {
  const tests = [`${codeOf('k')} = ${code(to)}`, `${codeOf('b')} = ${code(from)}`]
  if (pace.gap !== undefined)
    tests.push(`${msOf('k')} - ${msOf('b')} <= ${c.bindings.bind('Int64', pace.gap)}`)
  return `arrayFilter((k, b) -> ${tests.join(' AND ')}, ${sorted}, arrayPopBack(arrayPushFront(${sorted}, toInt64(-1))))`
}

/** Some end of a chain (code `end`) after which nothing forbidden came until its deadline, which is over. */
function waitedSql(c: Compilation, sorted: string, end: number, pace: Pace): string {
  const now = c.bindings.bind('Int64', c.env.now)
  const isEnd = (key: string): string => `${codeOf(key)} = ${code(end)}`
  // For each key the next forbidden one; at the tail, where none follows, the last key itself: an end.
  const following = `arrayReverseFill(k -> NOT ${isEnd('k')}, ${sorted})`
  if (pace.gap === undefined) {
    const over = pace.decidedAt === undefined ? '1' : `${c.bindings.bind('Int64', pace.decidedAt)} <= ${now}`
    return `(${over} AND arrayExists((k, n) -> ${isEnd('k')} AND ${isEnd('n')}, ${sorted}, ${following}))`
  }
  const deadline = `${msOf('k')} + ${c.bindings.bind('Int64', pace.gap)}`
  const test = `${isEnd('k')} AND ${deadline} <= ${now} AND (${isEnd('n')} OR ${msOf('n')} > ${deadline})`
  return `arrayExists((k, n) -> ${test}, ${sorted}, ${following})`
}

function waitFlips(c: Compilation, steps: readonly Step[], pace: Pace, prefix: string): string[] {
  const last = steps.findLastIndex((step) => 'event' in step)
  if (!c.withFuture || last === steps.length - 1) return []
  const keys = `${prefix}_k${last}`
  if (pace.gap !== undefined)
    return [`arrayMap(k -> ${msOf('k')} + ${c.bindings.bind('Int64', pace.gap)}, ${keys})`]
  return pace.decidedAt === undefined
    ? []
    : [`[if(empty(${keys}), 0, ${c.bindings.bind('Int64', pace.decidedAt)})]`]
}
