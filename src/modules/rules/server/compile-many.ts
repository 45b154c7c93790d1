import type { Rule } from '../contract.ts'
import { compileCondition } from './compile-condition.ts'
import type { BoundQuery } from './compile-rule.ts'
import { finish, indent, joinCircles } from './compile-rule.ts'
import type { Restriction } from './scan-sql.ts'
import { eventsScan, peopleScan } from './scan-sql.ts'
import type { Compilation, CompileEnv } from './sql-compilation.ts'
import { newCompilation } from './sql-compilation.ts'

/**
 * N rules over a set of people in one query. One row per living person: `person`, `bits` (0/1 per rule) and
 * `rechecks` (ms per rule: the earliest moment after now at which the answer may change by itself; 0 is none).
 */
export function compileMany(rules: readonly Rule[], env: CompileEnv, only: Restriction): BoundQuery {
  const c = newCompilation(env, true, only)
  const compiled = rules.map((rule) => compileTracked(c, rule))
  const people = peopleScan(c, ['person'], { only })
  const bits = `[${compiled.map(({ sql }) => `toUInt8(${sql})`).join(', ')}]`
  const rechecks = `[${compiled.map(({ leaves }) => recheckSql(c, leaves)).join(', ')}]`
  const events = `${joinFlips(c, only)}${joinCircles(c, true, only)}`
  return finish(
    c,
    `SELECT p.person AS person, ${bits} AS bits, ${rechecks} AS rechecks\nFROM (\n${indent(people)}\n) AS p${events}`,
  )
}

type Tracked = { sql: string; leaves: string[] }

// Which leaves that move by themselves a rule uses (its segments included) is found by compiling it alone: leaves are shared by text.
function compileTracked(c: Compilation, rule: Rule): Tracked {
  const alone = newCompilation(c.env, true)
  compileCondition(alone, rule)
  const { sql } = compileCondition(c, rule)
  const leaves = [alone.eventBits, alone.circleBits, alone.calendarBits].flatMap((bits) => [...bits.keys()])
  return { sql, leaves }
}

function recheckSql(c: Compilation, leaves: string[]): string {
  const moments = leaves.flatMap((key) => {
    const alias = (c.eventBits.get(key) ?? c.circleBits.get(key))?.alias
    const calendar = c.calendarBits.get(key)
    if (calendar) return [`if(${calendar.moves}, ${c.bindings.bind('Int64', calendar.at)}, toInt64(0))`]
    return alias === undefined ? [] : [`${alias}_flip`]
  })
  if (moments.length === 0) return 'toInt64(0)'
  return `arrayMin(arrayFilter(t -> t > 0, [${moments.join(', ')}]))`
}

function joinFlips(c: Compilation, only: Restriction): string {
  if (c.eventBits.size === 0) return ''
  const now = c.bindings.bind('Int64', c.env.now)
  const flips = [...c.eventBits.values()].map(({ alias, flips: moments }) => {
    return `arrayMin(arrayFilter(t -> t > ${now}, arrayConcat(${moments.join(', ')}))) AS ${alias}_flip`
  })
  return `\nLEFT JOIN (\n${indent(eventsScan(c, undefined, flips, only))}\n) AS e ON e.person = p.person`
}
